package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.filter.Smoother;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.Arrays;
import java.util.List;

/**
 * Gaussian smoothing that keeps constants, up to and including the edges.
 *
 * <p>Along each axis in turn computes {@code y[i] = sum_k w[i - k] x[k] / sum_k w[i - k]} with
 * {@code w[d] = exp(-d^2 / (2 sigma^2))} for {@code |d| <= ceil(4 sigma)}, both sums over points of
 * the grid only: near an edge the weights that fall outside are left out and the others are scaled
 * up. For a cotangent {@code g} the adjoint is the transpose, along the axes in reverse: {@code
 * sum_i w[i - k] (g[i] / sum_m w[i - m])}; near edges it is not the same as smoothing.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>sigma (variadic, auxiliary)<td>standard deviation: one number for all axes, or one per
 *       axis; 0 leaves an axis as it is<td>points (a length divided by the spacing)
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Computes in float64. Saves the weights, no more than the extents of x. Each line is smoothed
 * by one thread, so results do not depend on their number. Stateless: one instance serves any
 * number of concurrent calls.
 */
final class GaussianSmooth extends LinearOperator {

  GaussianSmooth() {
    super("stride.gaussian-smooth", Port.auxiliary("sigma", Number.class).variadic());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(9, 12)), 1.5),
        Sample.of(Singles.normal(Shape.of(5, 4, 7)), 0.8, 0, 2.5).described("one sigma per axis"),
        Sample.of(Singles.normal(Shape.of(31)), 40.0).described("wider than the grid"),
        Sample.of(Singles.normal(Shape.of(1)), 2.0).described("one point"),
        Sample.of(Singles.normal(Shape.of(40, 3)).times(1e6), 3.0, 1.0).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(2, 3, 2, 4)), 1.0).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 1.0).described("empty"),
        Sample.of(Singles.normal(Shape.of(5, 4)).times(1e-6), 1.0).described("small numbers"),
        Sample.of(Singles.normal(Shape.SCALAR), 1.0).described("a scalar has no neighbours"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    List<Number> given = call.values("sigma", Number.class);
    if (given.isEmpty() || (given.size() != 1 && given.size() != x.rank())) {
      throw Operands.wrong(
          call,
          "`sigma` has "
              + given.size()
              + " numbers, but `x` has shape "
              + x
              + ". Give one for all axes, or one per axis.");
    }
    double[] sigma = new double[x.rank()];
    Arrays.setAll(sigma, axis -> given.get(given.size() == 1 ? 0 : axis).doubleValue());
    for (double value : sigma) {
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw Operands.wrong(
            call, "`sigma` is " + value + " points; it must be finite and not negative.");
      }
    }
    return new Smoothed(x, new Smoother(x, sigma));
  }

  /** Some ten weights on either side, for each axis. */
  @Override
  protected long steps() {
    return 20;
  }

  private record Smoothed(Shape from, Smoother smoother) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return smoother.forward(x, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return smoother.adjoint(cotangent, parallel);
    }
  }
}
