package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Region;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * A box of a tensor.
 *
 * <p>Computes {@code y[i, j, ...] = x[start_0 + i, start_1 + j, ...]} up to, and without, {@code
 * stop} along each axis. For a cotangent {@code g} the adjoint is {@code g} in the box and 0
 * elsewhere.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []<td>any
 *   <tr><td>start (variadic, auxiliary)<td>first index, one whole number per axis<td>points
 *   <tr><td>stop (variadic, auxiliary)<td>index behind the last, one whole number per
 *       axis<td>points
 *   <tr><td>y (output)<td>[stop - start, ...]<td>as x
 * </table>
 *
 * <p>Indices count from 0; negative ones are errors. Saves shapes and indices. Deterministic and
 * stateless: one instance serves any number of concurrent calls.
 */
final class Slice extends LinearOperator {

  Slice() {
    super(
        "stride.slice",
        Port.auxiliary("start", Number.class).variadic(),
        Port.auxiliary("stop", Number.class).variadic());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(5, 7)), List.of(1, 2), List.of(4, 6)),
        Sample.of(Singles.normal(Shape.of(4, 3, 5)), List.of(0, 1, 0), List.of(4, 2, 5))
            .described("one axis only"),
        Sample.of(Singles.normal(Shape.of(1)), List.of(0), List.of(1)).described("one element"),
        Sample.of(Singles.normal(Shape.of(9)), List.of(8), List.of(9))
            .described("the last element"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e6), List.of(0, 0), List.of(2, 3))
            .described("everything"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int[] start = indices(call, "start", x);
    int[] extents = indices(call, "stop", x);
    for (int axis = 0; axis < extents.length; axis++) {
      int stop = extents[axis];
      if (start[axis] < 0 || start[axis] > stop || stop > x.extent(axis)) {
        throw Operands.wrong(
            call,
            "axis "
                + axis
                + " of `x`, which has shape "
                + x
                + ", is sliced from "
                + start[axis]
                + " to "
                + stop
                + "; it must be 0 <= start <= stop <= "
                + x.extent(axis)
                + ". Correct `start` or `stop`.");
      }
      extents[axis] = stop - start[axis];
    }
    return new RegionMap(x, new Region(x, start, Shape.of(extents)));
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
