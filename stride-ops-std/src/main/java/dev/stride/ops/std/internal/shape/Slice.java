package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.Arrays;
import java.util.List;

/**
 * A box of a tensor, or every few elements of one, in either direction.
 *
 * <p>Along each axis takes the positions of Python's {@code range(start, stop, step)}: {@code y[i,
 * j, ...] = x[start_0 + i * step_0, start_1 + j * step_1, ...]} up to, and without, {@code stop}.
 * For a cotangent {@code g} the adjoint is {@code g} at those positions and 0 elsewhere.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []<td>any
 *   <tr><td>start (variadic, auxiliary)<td>first index, one whole number per axis<td>points
 *   <tr><td>stop (variadic, auxiliary)<td>index behind the last, one whole number per
 *       axis<td>points
 *   <tr><td>step (variadic, auxiliary)<td>whole number per axis, not 0, default 1<td>points
 *   <tr><td>y (output)<td>[ceil((stop - start) / step), ...]<td>as x
 * </table>
 *
 * <p>Indices count from 0 and never from the end, so that with a negative step the whole axis, of
 * extent n, is start n - 1, stop -1, step -1. Saves shapes and indices. Deterministic and
 * stateless: one instance serves any number of concurrent calls.
 */
final class Slice extends LinearOperator {

  Slice() {
    super(
        "stride.slice",
        Port.auxiliary("start", Number.class).variadic(),
        Port.auxiliary("stop", Number.class).variadic(),
        Port.auxiliary("step", Number.class).variadic());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(5, 7)), List.of(1, 2), List.of(4, 6)),
        Sample.of(Singles.normal(Shape.of(4, 3, 5)), List.of(0, 1, 0), List.of(4, 2, 5))
            .described("one axis only"),
        Sample.of(Singles.normal(Shape.of(7, 5)), List.of(1, 0), List.of(7, 5), List.of(3, 2))
            .described("steps that do not meet the end"),
        Sample.of(Singles.normal(Shape.of(6, 4)), List.of(5, 2), List.of(-1, 0), List.of(-2, -1))
            .described("backwards"),
        Sample.of(Singles.normal(Shape.of(1)), List.of(0), List.of(1)).described("one element"),
        Sample.of(Singles.normal(Shape.of(9)), List.of(8), List.of(9))
            .described("the last element"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e6), List.of(0, 0), List.of(2, 3))
            .described("everything"),
        Sample.of(Singles.normal(Shape.of(0, 3)), List.of(0, 0), List.of(0, 2)).described("empty"),
        Sample.of(Singles.normal(Shape.of(5)), List.of(2), List.of(2))
            .described("nothing is taken"),
        Sample.of(Singles.normal(Shape.of(2, 3, 1, 4)), List.of(0, 1, 0, 1), List.of(2, 3, 1, 4))
            .described("rank 4"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6), List.of(0, 1), List.of(2, 3))
            .described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int[] start = indices(call, "start", x);
    int[] stop = indices(call, "stop", x);
    int[] step = steps(call, x);
    int[] strides = StridedView.rowMajor(x);
    int[] extents = new int[start.length];
    int offset = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      check(call, x, axis, start[axis], stop[axis], step[axis]);
      extents[axis] = Math.ceilDiv(stop[axis] - start[axis], step[axis]);
      offset += start[axis] * strides[axis];
      strides[axis] *= step[axis];
    }
    return new StridedView(x, Shape.of(extents), offset, strides);
  }

  private static int[] steps(OperatorCall call, Shape x) {
    if (call.values("step", Number.class).isEmpty()) {
      int[] ones = new int[x.rank()];
      Arrays.fill(ones, 1);
      return ones;
    }
    return indices(call, "step", x);
  }

  private static void check(OperatorCall call, Shape x, int axis, int start, int stop, int step) {
    int extent = x.extent(axis);
    boolean fits =
        step > 0 ? 0 <= start && start <= stop : -1 <= stop && stop <= start && start < extent;
    if (step == 0 || !fits || stop > extent) {
      throw Operands.wrong(
          call,
          "axis "
              + axis
              + " of `x`, which has shape "
              + x
              + ", is sliced from "
              + start
              + " to "
              + stop
              + (step == 1 ? "" : " in steps of " + step)
              + "; it must be "
              + (step > 0
                  ? "0 <= start <= stop <= " + extent + ". Correct `start` or `stop`."
                  : step < 0
                      ? "-1 <= stop <= start < " + extent + ". Correct `start` or `stop`."
                      : "another number than 0. Correct `step`."));
    }
  }

  private static int[] indices(OperatorCall call, String port, Shape x) {
    List<Number> given = call.values(port, Number.class);
    if (x.rank() == 0 || given.size() != x.rank()) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` has "
              + given.size()
              + " numbers, but `x` has shape "
              + x
              + ". Give one per axis, of which there must be at least one.");
    }
    return given.stream().mapToInt(number -> Indices.whole(call, port, number)).toArray();
  }
}
