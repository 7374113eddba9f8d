package dev.stride.api;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * One call of an operator, as the operator sees it: the values of its arguments, and the engine's
 * means to compute.
 *
 * <p>Arguments are addressed by path: a port ({@code "x"}), an element of a list or of a variadic
 * port ({@code "inputs[2]"}), an entry of a map or bundle ({@code "model.velocity"}). Values are
 * immutable. Valid until the operator's stage completes. Thread-safe.
 */
public interface OperatorCall {

  /** The signature of the operator that is called. */
  Signature signature();

  /** Whether an argument was given at this path. */
  boolean has(String path);

  /**
   * The argument at a path.
   *
   * @throws IllegalArgumentException if there is none, or it is not of this type
   * @throws IllegalStateException in an adjoint whose signature declares that it does not need it
   */
  <T> T value(String path, Class<T> type);

  /**
   * All values of a variadic port, or of one that was given a list, in order; empty if none was
   * given. Unmodifiable.
   *
   * @throws IllegalArgumentException if a value is not of this type
   */
  <T> List<T> values(String port, Class<T> type);

  /**
   * The tensor at a path. A number given for a tensor port is a scalar of the type that the first
   * tensor among the arguments has, float32 if there is none.
   */
  default Tensor tensor(String path) {
    return value(path, Tensor.class);
  }

  /** All tensors of a variadic port, in order. */
  default List<Tensor> tensors(String port) {
    return values(port, Tensor.class);
  }

  /** The number at a path, as a double. */
  default double number(String path) {
    return value(path, Number.class).doubleValue();
  }

  /** The number at a path, or {@code fallback} where the argument was left out. */
  default double number(String path, double fallback) {
    return has(path) ? number(path) : fallback;
  }

  /**
   * The whole number at a path.
   *
   * @throws IllegalArgumentException if it is not a whole number in the range of {@code int}
   */
  default int integer(String path) {
    double number = number(path);
    if (number != (int) number) {
      throw new IllegalArgumentException(
          signature().name() + ": `" + path + "` is " + number + "; expected a whole number");
    }
    return (int) number;
  }

  /** The whole number at a path, or {@code fallback} where the argument was left out. */
  default int integer(String path, int fallback) {
    return has(path) ? integer(path) : fallback;
  }

  /**
   * Whether the caller wants the gradient at a path; for a port with several values, of any of
   * them. Frozen at the call.
   */
  boolean needsGrad(String path);

  /** Tells when the result is not wanted any more; to be polled by whatever runs long. */
  CancellationToken cancellation();

  /** Splits work over the engine's pool. */
  Parallel parallel();

  /** The engine's executor, which operators run on. May reject work once the engine is closed. */
  Executor executor();
}
