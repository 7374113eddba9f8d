package dev.stride.api;

import java.util.List;

/**
 * All outputs of one call, by index and by name. Values may be pending; if the call fails, all of
 * them fail. Immutable and safe for use by any number of threads.
 */
public interface Results {

  /** Number of outputs; those of a variadic port count each. */
  int size();

  /**
   * An output by index, over all ports.
   *
   * @throws IndexOutOfBoundsException if there are not so many
   */
  Variable<?> get(int index);

  /**
   * An output by path: a port's name, or {@code "parts[2]"} for one of a variadic port.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  Variable<?> get(String path);

  /**
   * An output by path and type.
   *
   * @throws IllegalArgumentException if there is none, or it is of another type
   */
  <T> Variable<T> get(String path, Class<T> type);

  /**
   * The outputs of one port, in order.
   *
   * @throws IllegalArgumentException if there is no such port, or it is of another type
   */
  <T> List<Variable<T>> list(String port, Class<T> type);

  /** All outputs in order. Unmodifiable. */
  List<Variable<?>> all();
}
