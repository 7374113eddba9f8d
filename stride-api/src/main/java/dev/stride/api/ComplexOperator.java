package dev.stride.api;

/**
 * An operator that can also compute in complex numbers, so that the testkit can take its derivative
 * without subtracting: {@code imag f(x + i h u) / h} is the derivative along {@code u} to rounding,
 * for steps {@code h} as small as 1e-20. For operators that are analytic at their arguments.
 *
 * @param <Y> type of the primary output
 */
public interface ComplexOperator<Y> extends Operator<Y> {

  /**
   * Computes the imaginary part of every output. Called by the testkit; what it throws fails the
   * check.
   *
   * @param call its arguments are the real parts, its directions the imaginary parts
   */
  Outputs imaginary(TangentCall call);
}
