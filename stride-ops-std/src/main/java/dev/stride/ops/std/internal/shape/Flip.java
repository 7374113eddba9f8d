package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * A tensor in reverse order along some axes.
 *
 * <p>Along each of them computes {@code y[i] = x[n - 1 - i]}. For a cotangent {@code g} the adjoint
 * is {@code g} reversed along the same axes.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>axes (variadic, auxiliary)<td>axes to reverse, each once; negative ones count from the
 *       last. Left out: all axes, as in NumPy<td>1
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Saves shapes and axes. Deterministic and stateless: one instance serves any number of
 * concurrent calls.
 */
final class Flip extends LinearOperator {

  Flip() {
    super("stride.flip", Port.auxiliary("axes", Number.class).variadic());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 7)), 0),
        Sample.of(Singles.normal(Shape.of(2, 3, 5)), 0, -1).described("two axes"),
        Sample.of(Singles.normal(Shape.of(2, 3, 1, 2))).described("all axes"),
        Sample.of(Singles.normal(Shape.SCALAR)).described("a scalar has no axes"),
        Sample.of(Singles.normal(Shape.of(1)), 0).described("one element"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), -1).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 0).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6), 1).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int[] strides = StridedView.rowMajor(x);
    int offset = 0;
    for (int axis : Axes.readOrAll(x, call)) {
      offset += Math.max(0, x.extent(axis) - 1) * strides[axis];
      strides[axis] = -strides[axis];
    }
    return new StridedView(x, x, offset, strides);
  }
}
