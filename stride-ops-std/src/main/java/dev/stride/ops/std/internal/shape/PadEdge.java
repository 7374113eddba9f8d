package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.EdgePadding;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.shape.Widths.Side;
import java.util.List;

/**
 * Padding that repeats the values at the edges, such as a model's into its absorbing layers.
 *
 * <p>Along each axis computes {@code y[i] = x[clamp(i - before, 0, extent - 1)]}. For a cotangent
 * {@code g} the adjoint sums back: each point gets the cotangents of all its copies.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any without an empty axis<td>any
 *   <tr><td>widths (variadic, auxiliary)<td>whole numbers: one for all sides; one per axis, for
 *       both of its sides; or two per axis, before and after it<td>points
 *   <tr><td>y (output)<td>extents of x plus the widths<td>as x
 * </table>
 *
 * <p>Saves shapes and widths. The adjoint adds in float64 in a fixed order. Stateless: one instance
 * serves any number of concurrent calls.
 */
final class PadEdge extends LinearOperator {

  PadEdge() {
    super("stride.pad-edge", Widths.PORT);
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    List<Side> sides = Widths.read(x, call);
    Widths.checkFilled(x, sides, call);
    return new Padded(x, Widths.padded(x, sides), sides);
  }

  private record Padded(Shape from, Shape to, List<Side> sides) implements LinearMap {

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      Tensor padded = x;
      for (int axis = sides.size() - 1; axis >= 0; axis--) {
        Side side = sides.get(axis);
        padded = EdgePadding.pad(padded, axis, side.before(), side.after());
      }
      return padded;
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      Tensor folded = cotangent;
      for (int axis = 0; axis < sides.size(); axis++) {
        Side side = sides.get(axis);
        folded = EdgePadding.fold(folded, axis, side.before(), side.after());
      }
      return folded;
    }
  }
}
