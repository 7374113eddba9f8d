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
import java.util.stream.IntStream;

/**
 * A tensor with each slab along an axis repeated in place.
 *
 * <p>Along the axis computes {@code y[i] = x[floor(i / count)]}. For a cotangent {@code g} the
 * adjoint is the sum of each {@code count} neighbours: {@code sum_k g[i * count + k]}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []<td>any
 *   <tr><td>count (auxiliary)<td>whole number, at least 0<td>1
 *   <tr><td>axis (optional, auxiliary)<td>whole number, default 0; negative ones count from the
 *       last axis<td>1
 *   <tr><td>y (output)<td>as x, with the extent of the axis times count<td>as x
 * </table>
 *
 * <p>Saves shapes and one index for each point of the axis of y. The adjoint adds in float64 in a
 * fixed order. Stateless: one instance serves any number of concurrent calls.
 */
final class Repeat extends LinearOperator {

  Repeat() {
    super(
        "stride.repeat",
        Port.auxiliary("count", Number.class),
        Port.auxiliary("axis", Number.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(3, 4)), 2),
        Sample.of(Singles.normal(Shape.of(2, 3, 2)), 3, 1).described("middle axis"),
        Sample.of(Singles.normal(Shape.of(2, 5)), 4, -1).described("last axis"),
        Sample.of(Singles.normal(Shape.of(1)), 1).described("one element, once"),
        Sample.of(Singles.normal(Shape.of(7)).times(1e6), 12).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 2).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3, 2)), 2, 2).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6), 2).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int axis = Indices.axis(call, "x", x);
    int count = call.integer("count");
    if (count < 0) {
      throw Operands.wrong(call, "`count` is " + count + "; it must not be negative.");
    }
    int repeated = Math.multiplyExact(x.extent(axis), count);
    return Take.along(x, axis, IntStream.range(0, repeated).map(i -> i / count).toArray());
  }
}
