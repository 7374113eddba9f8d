package dev.stride.api;

/** One application of the derivative to a direction, at the arguments given. Thread-safe. */
public interface TangentCall extends OperatorCall {

  /** The direction of an input; zeros if none was given. */
  default Tensor direction(String path) {
    return direction(path, Tensor.class);
  }

  /** The direction of an input of any type; zeros if none was given. */
  <T> T direction(String path, Class<T> type);

  /** Whether no direction was given for this input, so that {@link #direction} would be zeros. */
  boolean isZero(String path);
}
