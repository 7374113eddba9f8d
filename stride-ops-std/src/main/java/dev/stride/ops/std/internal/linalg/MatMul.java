package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Matrix;
import dev.stride.ops.std.internal.kernel.MatrixProduct;
import dev.stride.ops.std.internal.operator.BilinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The product of two matrices, of a matrix and a vector, or of two vectors.
 *
 * <p>Computes {@code y = a b}. For a cotangent {@code g} the adjoint is {@code g b^T} for {@code a}
 * and {@code a^T g} for {@code b}. A vector on the left is a row, on the right a column; its axis
 * is left out of the result.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[m, k] or [k]<td>any
 *   <tr><td>b<td>[k, n] or [k]<td>any
 *   <tr><td>y (output)<td>[m, n], without m or n where that input is a vector<td>unit of a times
 *       unit of b
 * </table>
 *
 * <p>Saves nothing; the adjoint sees both arguments. float32 products are summed in short blocks
 * and blocks in float64, in an order that depends on the shapes only: the error does not grow with
 * the matrices and results do not depend on threads. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class MatMul extends BilinearOperator {

  MatMul() {
    super("stride.matmul");
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(4, 7), Shape.of(7, 3)),
        of(Shape.of(5, 3), Shape.of(3)),
        of(Shape.of(6), Shape.of(6, 2)),
        of(Shape.of(9), Shape.of(9)),
        of(Shape.of(1, 1), Shape.of(1, 1)),
        of(Shape.of(2, 140), Shape.of(140, 5)).described("more than a block deep"),
        Sample.of(
                Singles.normal(Shape.of(3, 4)).times(1e6),
                Pairs.positive(Shape.of(4, 2), 26).times(1e-3))
            .described("ill-scaled"));
  }

  private static Sample of(Shape a, Shape b) {
    return Sample.of(Singles.normal(a), Pairs.positive(b, 26));
  }

  @Override
  protected void check(OperatorCall call, Tensor a, Tensor b) {
    checkRank(call, "a", a);
    checkRank(call, "b", b);
    if (depth(a.shape()) != b.shape().extent(0)) {
      throw new IllegalArgumentException(
          Operands.shapes(call, "a", a.shape(), "b", b.shape())
              + "; the last extent of `a` must be the first of `b`. Transpose or crop one of"
              + " them.");
    }
  }

  private static void checkRank(OperatorCall call, String port, Tensor tensor) {
    int rank = tensor.shape().rank();
    if (rank != 1 && rank != 2) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` has shape "
              + tensor.shape()
              + "; it must be a matrix or a vector. Reshape it before the call.");
    }
  }

  @Override
  protected Tensor product(OperatorCall call, Tensor a, Tensor b) {
    int rows = rows(a.shape());
    int columns = columns(b.shape());
    Shape y = shape(a.shape().rank() == 1, rows, b.shape().rank() == 1, columns);
    return MatrixProduct.of(
        Matrix.of(a, rows, depth(a.shape())),
        Matrix.of(b, b.shape().extent(0), columns),
        y,
        call.parallel());
  }

  private static Shape shape(boolean row, int rows, boolean column, int columns) {
    if (row) {
      return column ? Shape.SCALAR : Shape.of(columns);
    }
    return column ? Shape.of(rows) : Shape.of(rows, columns);
  }

  @Override
  protected Tensor towardsA(OperatorCall call, Tensor cotangent, Tensor b, Shape a) {
    int columns = columns(b.shape());
    return MatrixProduct.of(
        Matrix.of(cotangent, rows(a), columns),
        Matrix.of(b, b.shape().extent(0), columns).transposed(),
        a,
        call.parallel());
  }

  @Override
  protected Tensor towardsB(OperatorCall call, Tensor cotangent, Tensor a, Shape b) {
    int rows = rows(a.shape());
    return MatrixProduct.of(
        Matrix.of(a, rows, depth(a.shape())).transposed(),
        Matrix.of(cotangent, rows, columns(b)),
        b,
        call.parallel());
  }

  private static int rows(Shape a) {
    return a.rank() == 1 ? 1 : a.extent(0);
  }

  private static int depth(Shape a) {
    return a.extent(-1);
  }

  private static int columns(Shape b) {
    return b.rank() == 1 ? 1 : b.extent(1);
  }

  @Override
  protected long work(Shape a, Shape b) {
    int shared = a.rank() == 0 ? 1 : Math.max(1, a.extent(-1));
    return (long) a.size() * b.size() / shared;
  }
}
