package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
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
 * Matrices with rows and columns exchanged, in stacks of any rank: {@code numpy.matrix_transpose}.
 *
 * <p>Computes {@code y[..., i, j] = x[..., j, i]}. For a cotangent {@code g} the adjoint exchanges
 * them back.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[batch..., m, n]<td>any
 *   <tr><td>y (output)<td>[batch..., n, m]<td>as x
 * </table>
 *
 * <p>Saves a shape. Deterministic and stateless: one instance serves any number of concurrent
 * calls.
 */
final class MatrixTranspose extends LinearOperator {

  MatrixTranspose() {
    super("stride.matrix-transpose");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(3, 4))),
        Sample.of(Singles.normal(Shape.of(2, 1, 3, 2))).described("a stack"),
        Sample.of(Singles.normal(Shape.of(1, 1)).times(1e6)).described("one element"),
        Sample.of(Singles.normal(Shape.of(0, 3))).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 3, 5))),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6)).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() < 2) {
      throw Operands.wrong(
          call,
          "`x` has shape " + x + "; it must be [batch..., m, n]. Reshape it before the call.");
    }
    return new Turned(x, Stacks.with(Stacks.batch(x), x.extent(-1), x.extent(-2)));
  }

  /** The transposes of a stack of matrices. */
  static Tensor of(Tensor x) {
    Shape from = x.shape();
    int rows = from.extent(-2);
    int columns = from.extent(-1);
    Object in = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), x.size());
    for (int at = 0; at < x.size(); at += rows * columns) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          int source = at + i * columns + j;
          int target = at + j * rows + i;
          if (in instanceof float[] floats) {
            ((float[]) out)[target] = floats[source];
          } else {
            ((double[]) out)[target] = ((double[]) in)[source];
          }
        }
      }
    }
    return HeapArray.adopt(Stacks.with(Stacks.batch(from), columns, rows), out);
  }

  private record Turned(Shape from, Shape to) implements LinearMap {
    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return of(x);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return of(cotangent);
    }
  }
}
