package dev.stride.ops.std.internal.reduction;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Scaling;
import dev.stride.ops.std.internal.operator.BilinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The inner product of two tensors.
 *
 * <p>Computes {@code y = sum_i a_i b_i}; 0 for empty tensors. For a cotangent {@code g} the adjoint
 * is {@code g * b} for {@code a} and {@code g * a} for {@code b}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>any<td>any
 *   <tr><td>b<td>as a<td>any
 *   <tr><td>y (output)<td>[]<td>unit of a times unit of b
 * </table>
 *
 * <p>Saves nothing; the adjoint sees both arguments. Accumulates in float64, compensated, in a
 * fixed order: the error does not grow with the size and results do not depend on threads.
 * Stateless: one instance serves any number of concurrent calls.
 */
final class Dot extends BilinearOperator {

  Dot() {
    super("stride.dot");
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(4, 7)),
        of(Shape.SCALAR),
        of(Shape.of(1)),
        of(Shape.of(3, 1, 2)),
        Sample.of(
                Singles.normal(Shape.of(31)).times(1e6),
                Pairs.positive(Shape.of(31), 26).times(1e-3))
            .described("ill-scaled"),
        of(Shape.of(0, 3)).described("empty"),
        of(Shape.of(2, 1, 2, 3)),
        Sample.of(Singles.normal(Shape.of(5)).times(1e-6), Pairs.positive(Shape.of(5), 26))
            .described("small numbers"));
  }

  private static Sample of(Shape shape) {
    return Sample.of(Singles.normal(shape), Pairs.positive(shape, 26));
  }

  @Override
  protected void check(OperatorCall call, Tensor a, Tensor b) {
    Operands.sameShape(call, "a", a, "b", b);
  }

  @Override
  protected Tensor product(OperatorCall call, Tensor a, Tensor b) {
    return Tensor.scalar(Reduction.dot(a, b, call.parallel()), a.dataType());
  }

  @Override
  protected Tensor towardsA(OperatorCall call, Tensor cotangent, Tensor b, Shape a) {
    return Elementwise.map(new Scaling(cotangent.item()), b, call.parallel());
  }

  @Override
  protected Tensor towardsB(OperatorCall call, Tensor cotangent, Tensor a, Shape b) {
    return towardsA(call, cotangent, a, b);
  }

  @Override
  protected long work(Shape a, Shape b) {
    return Math.max(a.size(), b.size());
  }
}
