package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A tensor shifted around along an axis: what leaves it at one end comes back at the other.
 *
 * <p>Along the axis, of extent {@code n}, computes {@code y[i] = x[(i - shift) mod n]}. For a
 * cotangent {@code g} the adjoint is {@code g} shifted back.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []<td>any
 *   <tr><td>shift (auxiliary)<td>whole number of points; negative ones shift towards the
 *       beginning<td>points
 *   <tr><td>axis (optional, auxiliary)<td>whole number, default 0; negative ones count from the
 *       last axis<td>1
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Saves shapes and one index for each point of the axis. Deterministic and stateless: one
 * instance serves any number of concurrent calls.
 */
final class Roll extends LinearOperator {

  Roll() {
    super(
        "stride.roll",
        Port.auxiliary("shift", Number.class),
        Port.auxiliary("axis", Number.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(5, 3)), 2),
        Sample.of(Singles.normal(Shape.of(2, 4, 3)), -1, 1).described("middle axis, backwards"),
        Sample.of(Singles.normal(Shape.of(2, 7)), 16, -1).described("around more than once"),
        Sample.of(Singles.normal(Shape.of(1)), 1).described("one element"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), -33).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 1).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3, 2)), 1, 2).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6), 1).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int axis = Indices.axis(call, "x", x);
    int shift = call.integer("shift");
    int n = x.extent(axis);
    return Take.along(
        x, axis, IntStream.range(0, n).map(i -> Math.floorMod((long) i - shift, n)).toArray());
  }
}
