package dev.stride.core.internal.engine;

import dev.stride.api.Port;
import dev.stride.api.Port.Arity;
import dev.stride.api.Variable;
import dev.stride.api.VariableBundle;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the places of a call whose arguments are lists, maps or bundles. */
final class LayoutBuilder {

  private final OperatorPlan plan;
  private final List<Port> ports;
  private final List<String> paths = new ArrayList<>();
  private final List<Integer> portOf = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private final boolean[] given;

  LayoutBuilder(OperatorPlan plan) {
    this.plan = plan;
    this.ports = plan.signature().inputs();
    this.given = new boolean[ports.size()];
  }

  /** Adds the places of all ports. */
  void addAll(@Nullable Object[] perPort) {
    for (int port = 0; port < perPort.length; port++) {
      Object argument = perPort[port];
      given[port] = argument != null;
      if (argument != null) {
        add(port, argument);
      }
    }
  }

  Layout layout() {
    int[] indices = portOf.stream().mapToInt(Integer::intValue).toArray();
    return new Layout(ports, paths.toArray(String[]::new), indices, given);
  }

  List<Object> values() {
    return values;
  }

  /** The places of outputs whose last port takes what the others leave. */
  static Layout variadicOutputs(OperatorPlan plan, int count) {
    List<Port> ports = plan.signature().outputs();
    String[] paths = new String[count];
    int[] portOf = new int[count];
    boolean[] given = new boolean[ports.size()];
    java.util.Arrays.fill(given, true);
    int last = ports.size() - 1;
    for (int place = 0; place < count; place++) {
      boolean fixed = place < last;
      portOf[place] = fixed ? place : last;
      String name = ports.get(portOf[place]).name();
      paths[place] = fixed ? name : name + "[" + (place - last) + "]";
    }
    return new Layout(ports, paths, portOf, given);
  }

  private void add(int port, Object argument) {
    String name = ports.get(port).name();
    boolean variadic = ports.get(port).arity() == Arity.VARIADIC;
    Object whole = variadic && !(argument instanceof List<?>) ? List.of(argument) : argument;
    Deque<Place> open = new ArrayDeque<>();
    open.push(new Place(name, whole));
    while (!open.isEmpty()) {
      Place place = open.pop();
      if (!variadic && isPlainValue(port, place.value)) {
        addPlace(port, place);
      } else {
        open(port, place, open);
      }
    }
  }

  private void open(int port, Place place, Deque<Place> open) {
    switch (place.value) {
      case VariableBundle bundle -> pushEntries(place, bundle.entries(), open);
      case Map<?, ?> map -> pushEntries(place, map, open);
      case List<?> list -> pushItems(place, list, open);
      default -> addPlace(port, place);
    }
  }

  private void addPlace(int port, Place place) {
    paths.add(place.path);
    portOf.add(port);
    values.add(place.value);
  }

  /** A list or map without variables, given for a port of just that type, is one value. */
  private boolean isPlainValue(int port, Object value) {
    boolean container = value instanceof List<?> || value instanceof Map<?, ?>;
    Class<?> type = ports.get(port).type();
    return container
        && (List.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))
        && type.isInstance(value)
        && !holdsVariable(value);
  }

  private static boolean holdsVariable(Object container) {
    Deque<Object> open = new ArrayDeque<>();
    open.push(container);
    while (!open.isEmpty()) {
      switch (open.pop()) {
        case Variable<?> variable -> {
          return true;
        }
        case VariableBundle bundle -> bundle.entries().values().forEach(open::push);
        case Map<?, ?> map -> map.values().forEach(open::push);
        case List<?> list -> list.forEach(open::push);
        default -> {}
      }
    }
    return false;
  }

  private void pushEntries(Place place, Map<?, ?> entries, Deque<Place> open) {
    List<Place> inner = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> inner.add(inner(place.path + "." + key, value)));
    inner.reversed().forEach(open::push);
  }

  private void pushItems(Place place, List<?> items, Deque<Place> open) {
    for (int i = items.size() - 1; i >= 0; i--) {
      open.push(inner(place.path + "[" + i + "]", items.get(i)));
    }
  }

  private Place inner(String path, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          plan.name() + ": argument `" + path + "` is null; leave it out instead");
    }
    return new Place(path, value);
  }

  private record Place(String path, Object value) {}
}
