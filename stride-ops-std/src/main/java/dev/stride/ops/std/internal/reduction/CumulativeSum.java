package dev.stride.ops.std.internal.reduction;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Scans;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The sums of the elements up to each one, along an axis.
 *
 * <p>Computes {@code y_i = x_1 + ... + x_i}. For a cotangent {@code g} the adjoint is {@code g_i +
 * ... + g_n}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any of rank 1 or more<td>any
 *   <tr><td>axis (auxiliary)<td>whole number from 0, or negative from the end; -1 if left out<td>1
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Saves shapes. Accumulates in float64, compensated; results do not depend on threads.
 * Stateless: one instance serves any number of concurrent calls.
 */
final class CumulativeSum extends LinearOperator {

  CumulativeSum() {
    super("stride.cumulative-sum", Port.auxiliary("axis", Number.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 7))),
        Sample.of(Singles.normal(Shape.of(4, 7)), 0).described("columns"),
        Sample.of(Singles.normal(Shape.of(2, 3, 5)), 1).described("a middle axis"),
        Sample.of(Singles.normal(Shape.of(2, 3, 1, 2)), -2).described("an axis of one"),
        Sample.of(Singles.normal(Shape.of(1))).described("one element"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 0).described("empty"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6)).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(4, 3)).times(1e-6)).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return new Cumulated(OneAxis.of(call, x));
  }

  private record Cumulated(Axes axes) implements LinearMap {
    @Override
    public Shape from() {
      return axes.from();
    }

    @Override
    public Shape to() {
      return axes.from();
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Scans.cumulativeSum(axes, x, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Scans.reverseCumulativeSum(axes, cotangent, parallel);
    }
  }
}
