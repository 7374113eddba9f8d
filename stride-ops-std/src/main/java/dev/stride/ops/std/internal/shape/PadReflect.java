package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.shape.Widths.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Padding that mirrors the values at the edges, which are not repeated themselves.
 *
 * <p>Along each axis, of extent {@code n}, computes {@code y[i] = x[n - 1 - |n - 1 - (i - before)
 * mod (2 n - 2)|]}, the mode "reflect" of NumPy: {@code a b c} padded by 2 is {@code c b a b c b
 * a}. For a cotangent {@code g} the adjoint sums back: each point gets the cotangents of all its
 * images.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any; an axis that is padded must not be empty<td>any
 *   <tr><td>widths (variadic, auxiliary)<td>whole numbers: one for all sides; one per axis, for
 *       both of its sides; or two per axis, before and after it. Wider than the axis, the image is
 *       mirrored again<td>points
 *   <tr><td>y (output)<td>extents of x plus the widths<td>as x
 * </table>
 *
 * <p>Saves shapes and one index for each point of each padded axis. The adjoint adds in float64 in
 * a fixed order. Stateless: one instance serves any number of concurrent calls.
 */
final class PadReflect extends LinearOperator {

  PadReflect() {
    super("stride.pad-reflect", Widths.PORT);
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    List<Side> sides = Widths.read(x, call);
    Widths.checkFilled(x, sides, call);
    List<LinearMap> steps = new ArrayList<>();
    Shape shape = x;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      if (!sides.get(axis).isEmpty()) {
        Take step = Take.along(shape, axis, images(shape.extent(axis), sides.get(axis)));
        steps.add(step);
        shape = step.to();
      }
    }
    return new Chain(x, shape, steps);
  }

  private static int[] images(int extent, Side side) {
    int last = extent - 1;
    int period = Math.max(1, 2 * last);
    return IntStream.range(-side.before(), extent + side.after())
        .map(i -> last - Math.abs(last - Math.floorMod(i, period)))
        .toArray();
  }

  private record Chain(Shape from, Shape to, List<LinearMap> steps) implements LinearMap {

    Chain {
      steps = List.copyOf(steps);
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      Tensor y = x;
      for (LinearMap step : steps) {
        y = step.forward(y, parallel);
      }
      return y;
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      Tensor g = cotangent;
      for (LinearMap step : steps.reversed()) {
        g = step.adjoint(g, parallel);
      }
      return g;
    }

    @Override
    public long bytes() {
      return steps.stream().mapToLong(LinearMap::bytes).sum();
    }
  }
}
