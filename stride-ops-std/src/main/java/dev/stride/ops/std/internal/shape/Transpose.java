package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * A tensor with its axes in another order.
 *
 * <p>Computes {@code y[i_axes_0, i_axes_1, ...] = x[i_0, i_1, ...]}. For a cotangent {@code g} the
 * adjoint is {@code g} with its axes put back.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>axes (variadic, auxiliary)<td>for each axis of y the axis of x that it is; each once;
 *       negative ones count from the last. Left out: all axes in reverse order, as in NumPy<td>1
 *   <tr><td>y (output)<td>extents of x in the order of axes<td>as x
 * </table>
 *
 * <p>Saves shapes and axes. Deterministic and stateless: one instance serves any number of
 * concurrent calls.
 */
public final class Transpose extends LinearOperator {

  public Transpose() {
    super("stride.transpose", Port.auxiliary("axes", Number.class).variadic());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 7))),
        Sample.of(Singles.normal(Shape.of(2, 3, 4)), 1, 2, 0).described("a cycle of axes"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3, 5)), 0, 2, -1, 1).described("four axes"),
        Sample.of(Singles.normal(Shape.of(33, 35))).described("more than a tile"),
        Sample.of(Singles.normal(Shape.SCALAR)).described("a scalar has no axes"),
        Sample.of(Singles.normal(Shape.of(1))).described("one element"),
        Sample.of(Singles.normal(Shape.of(3, 2)).times(1e-6), 0, 1).described("nothing changes"),
        Sample.of(Singles.normal(Shape.of(0, 3))).described("empty"),
        Sample.of(Singles.normal(Shape.of(3, 5)).times(1e6)).described("large numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int[] axes = Axes.read(x, call);
    if (axes.length == 0) {
      axes = new int[x.rank()];
      for (int axis = 0; axis < axes.length; axis++) {
        axes[axis] = axes.length - 1 - axis;
      }
    }
    if (axes.length != x.rank()) {
      throw Operands.wrong(
          call,
          "`axes` has "
              + axes.length
              + " numbers, but `x` has shape "
              + x
              + ". Give each of its "
              + x.rank()
              + " axes once, or none to reverse them.");
    }
    int[] extents = new int[axes.length];
    int[] strides = new int[axes.length];
    int[] original = StridedView.rowMajor(x);
    for (int axis = 0; axis < axes.length; axis++) {
      extents[axis] = x.extent(axes[axis]);
      strides[axis] = original[axes[axis]];
    }
    return new StridedView(x, Shape.of(extents), 0, strides);
  }
}
