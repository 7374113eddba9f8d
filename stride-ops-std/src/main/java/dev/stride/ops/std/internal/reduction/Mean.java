package dev.stride.ops.std.internal.reduction;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.operator.AxesPorts;
import dev.stride.ops.std.internal.operator.TermsMap;
import dev.stride.ops.std.internal.operator.TotalOperator;
import java.util.List;

/**
 * The mean over axes.
 *
 * <p>Computes {@code y = sum of x / n}, {@code n} elements a slice; NaN for empty slices. For a
 * cotangent {@code g} the adjoint is {@code g / n} at every element.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>axes (auxiliary)<td>whole numbers from 0, or negative from the end; all if left out<td>1
 *   <tr><td>keepdims (auxiliary)<td>whether axes stay, with extent 1; false if left out<td>
 *   <tr><td>y (output)<td>x without the axes<td>as x
 * </table>
 *
 * <p>Saves shapes. Accumulates in float64, blocks compensated, in a fixed order: the error does not
 * grow with the size and results do not depend on threads. Stateless: one instance serves any
 * number of concurrent calls.
 */
final class Mean extends TotalOperator {

  Mean() {
    super("stride.mean", AxesPorts.axes(), AxesPorts.keepdims());
  }

  static List<Sample> samples() {
    return ReductionSamples.normal();
  }

  @Override
  protected TermsMap map(Shape x, OperatorCall call) {
    Axes axes = AxesPorts.of(call, x);
    return new Total(axes, axes.length());
  }
}
