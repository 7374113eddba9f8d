package dev.stride.api;

/**
 * An operator that can also apply its derivative to a direction, the transpose of its adjoint.
 *
 * <p>Operators that are linear in a port, and wave propagation, must; the testkit then proves the
 * adjoint by the dot test, to rounding.
 *
 * @param <Y> type of the primary output
 */
public interface TangentOperator<Y> extends Operator<Y> {

  /**
   * Computes the derivative of every output along the direction given for the inputs. Called by the
   * testkit; what it throws fails the check.
   */
  Outputs tangent(TangentCall call);
}
