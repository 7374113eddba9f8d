package dev.stride.api;

import java.util.List;

/** All outputs of one call, by index and by name. Values are pending. Immutable. */
public interface Results {

  /** Number of outputs; those of a variadic port count each. */
  int size();

  /** An output by index, over all ports. */
  Variable<?> get(int index);

  /** An output by path: a port's name, or {@code "parts[2]"} for one of a variadic port. */
  Variable<?> get(String path);

  /**
   * An output by path and type.
   *
   * @throws IllegalArgumentException if there is none, or it is of another type
   */
  <T> Variable<T> get(String path, Class<T> type);

  /** The outputs of one port, in order. */
  <T> List<Variable<T>> list(String port, Class<T> type);

  /** All outputs in order. */
  List<Variable<?>> all();
}
