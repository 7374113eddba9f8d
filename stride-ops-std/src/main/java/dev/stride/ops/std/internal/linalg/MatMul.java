package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.Arrays;
import java.util.List;

/**
 * The product of two matrices, of a matrix and a vector, or of two vectors; of stacks of matrices,
 * pair by pair: {@code numpy.matmul}.
 *
 * <p>Computes {@code y = a b}. For a cotangent {@code g} the adjoint is {@code g b^T} for {@code a}
 * and {@code a^T g} for {@code b}, each summed over the batch axes along which that input was
 * repeated. A vector on the left is a row, on the right a column; its axis is left out of the
 * result.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., m, k] or [k]<td>any
 *   <tr><td>b<td>[batch..., k, n] or [k]<td>any
 *   <tr><td>y (output)<td>[batch..., m, n], without m or n where that input is a vector; the batch
 *       axes of both are broadcast<td>unit of a times unit of b
 * </table>
 *
 * <p>Saves nothing; the adjoint sees both arguments. float32 products are summed in short blocks
 * and blocks in float64, in an order that depends on the shapes and on the library only: the error
 * does not grow with the matrices, and results do not depend on threads. Stateless: one instance
 * serves any number of concurrent calls.
 */
final class MatMul extends MatrixOperator {

  MatMul() {
    super("stride.matmul", "a", "b");
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(4, 7), Shape.of(7, 3)),
        of(Shape.of(5, 3), Shape.of(3)),
        of(Shape.of(6), Shape.of(6, 2)),
        of(Shape.of(9), Shape.of(9)),
        of(Shape.of(1, 1), Shape.of(1, 1)),
        of(Shape.of(17, 19), Shape.of(19, 23)).described("enough for a library"),
        of(Shape.of(2, 140), Shape.of(140, 5)).described("more than a block deep"),
        of(Shape.of(3, 2, 4), Shape.of(3, 4, 2)).described("a stack"),
        of(Shape.of(2, 1, 2, 3), Shape.of(3, 3, 2)).described("both stacks are repeated"),
        of(Shape.of(2, 3), Shape.of(4, 3, 1)).described("one matrix for a stack"),
        of(Shape.of(4), Shape.of(2, 4, 3)).described("one row for a stack"),
        of(Shape.of(2, 3, 4), Shape.of(4)).described("one column for a stack"),
        Sample.of(
                Singles.normal(Shape.of(3, 4)).times(1e6),
                Pairs.positive(Shape.of(4, 2), 26).times(1e-3))
            .described("ill-scaled"),
        of(Shape.of(0, 3), Shape.of(3, 2)).described("no rows"),
        of(Shape.of(2, 0), Shape.of(0, 3)).described("sums of nothing"),
        Sample.of(Singles.normal(Shape.of(3, 4)).times(1e-6), Pairs.positive(Shape.of(4, 2), 26))
            .described("small numbers"));
  }

  private static Sample of(Shape a, Shape b) {
    return Sample.of(Singles.normal(a), Pairs.positive(b, 26));
  }

  @Override
  protected void check(OperatorCall call, Tensor a, Tensor b) {
    checkRank(call, "a", a);
    checkRank(call, "b", b);
    Shape left = left(a.shape());
    Shape right = right(b.shape());
    if (left.extent(-1) != right.extent(-2)) {
      throw new IllegalArgumentException(
          Operands.shapes(call, "a", a.shape(), "b", b.shape())
              + "; the last extent of `a` must be "
              + (right.rank() == 2 ? "the first of `b`" : "the last but one of `b`")
              + ". Transpose or crop one of them.");
    }
    checkBatches(call, "a", a.shape(), left, "b", b.shape(), right);
  }

  private static void checkRank(OperatorCall call, String port, Tensor tensor) {
    if (tensor.shape().rank() == 0) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` is a scalar; it must be a vector, a matrix or a stack of them. Use"
              + " stride.multiply.");
    }
  }

  @Override
  Shape left(Shape a) {
    return a.rank() == 1 ? Shape.of(1, a.extent(0)) : a;
  }

  @Override
  Shape right(Shape b) {
    return b.rank() == 1 ? Shape.of(b.extent(0), 1) : b;
  }

  @Override
  Shape result(Shape a, Shape b) {
    Shape batch = Shapes.broadcast(Stacks.batch(left(a)), Stacks.batch(right(b)));
    int[] extents = new int[2];
    int axes = 0;
    if (a.rank() > 1) {
      extents[axes++] = a.extent(-2);
    }
    if (b.rank() > 1) {
      extents[axes++] = b.extent(-1);
    }
    return Stacks.with(batch, Arrays.copyOf(extents, axes));
  }
}
