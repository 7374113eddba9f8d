package dev.stride.api;

/** One forward call. */
public interface ForwardCall extends OperatorCall {

  /**
   * Whether an adjoint may follow. If not, nothing needs to be saved, and saved state is closed at
   * once.
   */
  boolean records();
}
