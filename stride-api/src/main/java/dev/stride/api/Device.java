package dev.stride.api;

import java.util.Objects;

/**
 * Where a value lives and an operator computes, by name: {@code cpu}, {@code opencl:0}.
 *
 * <p>A name without a number, such as {@code opencl}, stands for the first device of its kind.
 *
 * @param name the kind, optionally followed by a colon and a number; never blank
 */
public record Device(String name) {

  /** The Java heap and the engine's executor. */
  public static final Device CPU = new Device("cpu");

  /** Checks the name; an empty one is an {@link IllegalArgumentException}. */
  public Device {
    Objects.requireNonNull(name, "name");
    if (name.isBlank()) {
      throw new IllegalArgumentException("device name is blank; expected for example 'cpu'");
    }
  }

  /** The part before the colon: {@code opencl} of {@code opencl:1}. */
  public String kind() {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /** Whether a request for {@code wanted} is served by this device. */
  public boolean matches(Device wanted) {
    return name.equals(wanted.name) || kind().equals(wanted.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
