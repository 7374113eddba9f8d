package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * A tensor repeated to a larger shape, by the rule of NumPy: axes are aligned at the last one, and
 * an axis of extent 1, or one that is missing, is repeated.
 *
 * <p>For a cotangent {@code g} the adjoint is the sum of {@code g} over the repeated axes.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>shape (auxiliary)<td>a {@link Shape} that x can be repeated to<td>1
 *   <tr><td>y (output)<td>shape<td>as x
 * </table>
 *
 * <p>Saves two shapes. The adjoint adds in float64, compensated, in a fixed order. Stateless: one
 * instance serves any number of concurrent calls.
 */
final class BroadcastTo extends LinearOperator {

  BroadcastTo() {
    super("stride.broadcast", Port.auxiliary("shape", Shape.class));
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(3, 1)), Shape.of(3, 4)),
        Sample.of(Singles.normal(Shape.of(4)), Shape.of(2, 3, 4)).described("axes are added"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3, 1)), Shape.of(2, 5, 3, 2))
            .described("two axes of four"),
        Sample.of(Singles.normal(Shape.SCALAR), Shape.of(2, 2)).described("a scalar"),
        Sample.of(Singles.normal(Shape.of(1)), Shape.of(1)).described("nothing changes"),
        Sample.of(Singles.normal(Shape.of(1, 5)).times(1e6), Shape.of(7, 5))
            .described("large numbers"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3)), Shape.of(2, 4, 3)),
        Sample.of(Singles.normal(Shape.of(0, 1)), Shape.of(0, 3)).described("empty"),
        Sample.of(Singles.normal(Shape.of(1, 5)).times(1e-6), Shape.of(2, 5))
            .described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Shape shape = call.value("shape", Shape.class);
    if (!Shapes.fit(x, shape) || !Shapes.broadcast(x, shape).equals(shape)) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " and cannot be repeated to `shape` "
              + shape
              + "; aligned at the last axis, extents of `x` must be 1 or equal. Reshape it first.");
    }
    return new Repeated(x, shape);
  }

  private record Repeated(Shape from, Shape to) implements LinearMap {
    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Reduction.repeatTo(x, to);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Reduction.sumTo(cotangent, from, parallel);
    }
  }
}
