package dev.stride.ops.std.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The lower or upper triangle of matrices, zeros elsewhere: {@code numpy.tril} and {@code triu}.
 *
 * <p>Computes {@code y[i, j] = x[i, j]} where {@code j - i <= diagonal} (upper: {@code >=}) and 0
 * elsewhere. For a cotangent {@code g} the adjoint is the same triangle of {@code g}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[batch..., m, n]<td>any
 *   <tr><td>upper (optional, auxiliary)<td>Boolean, default false<td>1
 *   <tr><td>diagonal (optional, auxiliary)<td>whole number, default 0: the main diagonal bounds the
 *       triangle; positive ones are above it<td>1
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Saves a shape. Deterministic and stateless: one instance serves any number of concurrent
 * calls.
 */
final class Triangle extends LinearOperator {

  /** How a triangular matrix is read. */
  record Form(boolean upper, boolean transposed, boolean unit) {

    /** The same triangle, for the transposed system. */
    Form turned() {
      return new Form(upper, !transposed, unit);
    }

    /** Largest or smallest diagonal that is read as it is stored. */
    int diagonal() {
      if (!unit) {
        return 0;
      }
      return upper ? 1 : -1;
    }
  }

  Triangle() {
    super(
        "stride.triangle",
        Port.auxiliary("upper", Boolean.class).optional(),
        Port.auxiliary("diagonal", Number.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 4))),
        Sample.of(Singles.normal(Shape.of(2, 3, 5)), true).described("upper, wide, a stack"),
        Sample.of(Singles.normal(Shape.of(5, 3)), false, -1).described("below the diagonal"),
        Sample.of(Singles.normal(Shape.of(3, 4)), true, -1).described("upper and one below"),
        Sample.of(Singles.normal(Shape.of(1, 1))).described("one element"),
        Sample.of(Singles.normal(Shape.of(3, 3)).times(1e6), true, 1).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(0, 3))).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3, 2))).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6)).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() < 2) {
      throw Operands.wrong(
          call,
          "`x` has shape " + x + "; it must be [batch..., m, n]. Reshape it before the call.");
    }
    boolean upper = call.has("upper") && call.value("upper", Boolean.class);
    return new Mask(x, upper, call.integer("diagonal", 0));
  }

  /** The triangle of float64 matrices. */
  static Tensor of(Tensor x, boolean upper, int diagonal) {
    return new Mask(x.shape(), upper, diagonal).forward(x, Parallel.serial());
  }

  private record Mask(Shape from, boolean upper, int diagonal) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      DataType type = x.dataType();
      Object in = HeapArray.of(x);
      Object out = HeapArray.zeros(type, x.size());
      int columns = from.extent(-1);
      int rows = columns == 0 ? 0 : x.size() / columns;
      for (int row = 0; row < rows; row++) {
        int bound = row % from.extent(-2) + diagonal;
        int first = upper ? Math.clamp(bound, 0, columns) : 0;
        int end = upper ? columns : Math.clamp(bound + 1, 0, columns);
        System.arraycopy(in, row * columns + first, out, row * columns + first, end - first);
      }
      return HeapArray.adopt(from, out);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return forward(cotangent, parallel);
    }
  }
}
