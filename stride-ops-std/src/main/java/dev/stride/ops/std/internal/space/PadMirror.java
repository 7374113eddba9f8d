package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.shape.Widths;
import dev.stride.ops.std.internal.space.AxisMatrix.Row;

/**
 * Mirrors a tensor outwards at both ends of each axis, between two points: {@code b a | a b c | c
 * b}, back and forth where the padding is wider than the tensor.
 *
 * <p>With n points computes {@code y[i] = x[m(i - before)]} along each axis, where {@code m(j) =
 * min(t, 2 n - 1 - t)} with {@code t = j mod 2 n}. For a cotangent {@code g} the adjoint adds up
 * each point's images: {@code sum of g[i] over all i with m(i - before) = k}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any without an empty axis<td>any
 *   <tr><td>widths (variadic, auxiliary)<td>whole numbers, not negative: one for all sides, one per
 *       axis, or two per axis, before and after<td>points
 *   <tr><td>y (output)<td>[before + extent + after, ...]<td>as x
 * </table>
 *
 * <p>Saves one index for each line. Allocates the output and one tensor between two axes. The
 * adjoint sums in float64; results do not depend on threads. Stateless: one instance serves any
 * number of concurrent calls.
 */
final class PadMirror extends LinearOperator {

  PadMirror() {
    super("stride.pad-mirror", Widths.PORT);
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return Padding.map(
        call,
        x,
        (beyond, inside, width, extent) ->
            new Row().add(Edge.MIRROR.inside(inside + beyond, extent), 1));
  }
}
