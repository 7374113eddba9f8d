package dev.stride.ops.std.internal.reduction;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The sum of all elements.
 *
 * <p>Computes {@code y = sum_i x_i}; 0 for an empty tensor. For a cotangent {@code g} the adjoint
 * is {@code g} at every element.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>y (output)<td>[]<td>as x
 * </table>
 *
 * <p>Saves a shape. Accumulates in float64, compensated, in a fixed order: the error does not grow
 * with the size and results do not depend on threads. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class Sum extends LinearOperator {

  Sum() {
    super("stride.sum");
  }

  static List<Sample> samples() {
    return Singles.samples();
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return new Total(x, 1);
  }
}
