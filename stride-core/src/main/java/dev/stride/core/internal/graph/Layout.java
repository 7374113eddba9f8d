package dev.stride.core.internal.graph;

import dev.stride.api.Port;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places of a call's arguments or outputs, in order: each with its path and its port.
 * Immutable; calls of the same form share one.
 */
public final class Layout {

  /** From this many places on, an index finds them. */
  private static final int MANY = 16;

  private final List<Port> ports;
  private final String[] paths;
  private final int[] portOf;
  private final boolean[] given;
  private final boolean anyDifferentiable;
  private final boolean oneToOne;
  private volatile @Nullable Map<String, Integer> index;

  /**
   * A layout.
   *
   * @param paths path of every place; taken over
   * @param portOf index of every place's port, rising; taken over
   * @param given whether anything was given for a port, be it an empty list; taken over
   */
  public Layout(List<Port> ports, String[] paths, int[] portOf, boolean[] given) {
    this.ports = ports;
    this.paths = paths;
    this.portOf = portOf;
    this.given = given;
    this.anyDifferentiable = anyDifferentiable(ports, portOf);
    this.oneToOne = isOneToOne(ports, paths);
  }

  private static boolean isOneToOne(List<Port> ports, String[] paths) {
    if (ports.size() != paths.length) {
      return false;
    }
    for (int port = 0; port < paths.length; port++) {
      if (!ports.get(port).differentiable() || !ports.get(port).name().equals(paths[port])) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyDifferentiable(List<Port> ports, int[] portOf) {
    for (int port : portOf) {
      if (ports.get(port).differentiable()) {
        return true;
      }
    }
    return false;
  }

  /** One place for each of the first ports. */
  public static Layout ofFirst(int count, List<Port> ports) {
    String[] paths = new String[count];
    int[] portOf = new int[count];
    boolean[] given = new boolean[ports.size()];
    for (int i = 0; i < count; i++) {
      paths[i] = ports.get(i).name();
      portOf[i] = i;
      given[i] = true;
    }
    return new Layout(ports, paths, portOf, given);
  }

  /** Number of places. */
  public int size() {
    return paths.length;
  }

  /** Path of a place. */
  public String path(int place) {
    return paths[place];
  }

  /** Port of a place. */
  public Port port(int place) {
    return ports.get(portOf[place]);
  }

  /** Index of a place's port. */
  public int portIndex(int place) {
    return portOf[place];
  }

  /** All ports of the signature, given or not. */
  public List<Port> ports() {
    return ports;
  }

  /** Whether any place has a gradient. */
  public boolean anyDifferentiable() {
    return anyDifferentiable;
  }

  /** Whether every port is differentiable and has one place, its own. */
  public boolean isOneToOne() {
    return oneToOne;
  }

  /** Whether anything was given for a port. */
  public boolean isGiven(int port) {
    return given[port];
  }

  /** The place of exactly this path; -1 if there is none. */
  public int find(String path) {
    if (paths.length >= MANY) {
      return index().getOrDefault(path, -1);
    }
    for (int place = 0; place < paths.length; place++) {
      if (paths[place].equals(path)) {
        return place;
      }
    }
    return -1;
  }

  /** Places by path, so that an operator may ask for each of a hundred thousand. */
  private Map<String, Integer> index() {
    Map<String, Integer> known = index;
    if (known == null) {
      known = new HashMap<>();
      for (int place = 0; place < paths.length; place++) {
        known.putIfAbsent(paths[place], place);
      }
      index = known;
    }
    return known;
  }

  /** Whether a place is at this path or inside it. */
  public boolean isWithin(int place, String path) {
    String inner = paths[place];
    return inner.startsWith(path)
        && (inner.length() == path.length()
            || inner.charAt(path.length()) == '['
            || inner.charAt(path.length()) == '.');
  }

  /** Whether anything was given at this path or inside it. */
  public boolean has(String path) {
    if (find(path) >= 0) {
      return true;
    }
    for (int place = 0; place < paths.length; place++) {
      if (isWithin(place, path)) {
        return true;
      }
    }
    return isEmptyPort(path);
  }

  private boolean isEmptyPort(String name) {
    for (int port = 0; port < given.length; port++) {
      if (given[port] && ports.get(port).name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The paths as messages print them. */
  @Override
  public String toString() {
    return String.join(", ", paths);
  }
}
