package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The products of matrices and vectors, pair by pair: {@code numpy.matvec}.
 *
 * <p>Computes {@code y = a x}. For a cotangent {@code g} the adjoint is {@code g x^T} for {@code a}
 * and {@code a^T g} for {@code x}, each summed over the batch axes along which that input was
 * repeated.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., m, k]<td>any
 *   <tr><td>x<td>[batch..., k]<td>any
 *   <tr><td>y (output)<td>[batch..., m]; the batch axes of both are broadcast<td>unit of a times
 *       unit of x
 * </table>
 *
 * <p>Saves nothing; the adjoint sees both arguments. Summed as in stride.matmul. Stateless: one
 * instance serves any number of concurrent calls.
 */
final class MatVec extends MatrixOperator {

  MatVec() {
    super("stride.matvec", "a", "x");
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(4, 7), Shape.of(7)),
        of(Shape.of(3, 2, 5), Shape.of(3, 5)).described("a stack"),
        of(Shape.of(2, 1, 2, 3), Shape.of(3, 3)).described("both stacks are repeated"),
        of(Shape.of(3, 4), Shape.of(2, 5, 4)).described("one matrix for many vectors"),
        of(Shape.of(1, 1), Shape.of(1)).described("one element"),
        Sample.of(
                Singles.normal(Shape.of(3, 4)).times(1e6),
                Pairs.positive(Shape.of(4), 26).times(1e-3))
            .described("ill-scaled"),
        of(Shape.of(0, 3), Shape.of(3)).described("no rows"),
        Sample.of(Singles.normal(Shape.of(3, 4)).times(1e-6), Pairs.positive(Shape.of(4), 26))
            .described("small numbers"));
  }

  private static Sample of(Shape a, Shape x) {
    return Sample.of(Singles.normal(a), Pairs.positive(x, 26));
  }

  @Override
  protected void check(OperatorCall call, Tensor a, Tensor x) {
    if (a.shape().rank() < 2
        || x.shape().rank() < 1
        || a.shape().extent(-1) != x.shape().extent(-1)) {
      throw new IllegalArgumentException(
          Operands.shapes(call, "a", a.shape(), "x", x.shape())
              + "; they must be [batch..., m, k] and [batch..., k]. Transpose or reshape one of"
              + " them.");
    }
    checkBatches(call, "a", a.shape(), a.shape(), "x", x.shape(), right(x.shape()));
  }

  @Override
  Shape left(Shape a) {
    return a;
  }

  @Override
  Shape right(Shape x) {
    return Stacks.with(x, 1);
  }

  @Override
  Shape result(Shape a, Shape x) {
    return Stacks.with(Shapes.broadcast(Stacks.batch(a), Stacks.batch(right(x))), a.extent(-2));
  }
}
