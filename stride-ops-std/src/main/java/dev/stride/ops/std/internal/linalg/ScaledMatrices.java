package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.operator.Operands;

/** Each matrix of a stack times a number of its own, for gradients of gradients. */
final class ScaledMatrices extends MatrixOperator {

  ScaledMatrices() {
    super("stride.scaled-matrices", "factor", "matrix");
  }

  @Override
  protected void check(OperatorCall call, Tensor factor, Tensor matrix) {
    if (!factor.shape().equals(Stacks.batch(matrix.shape()))) {
      throw new IllegalArgumentException(
          Operands.shapes(call, "factor", factor.shape(), "matrix", matrix.shape())
              + "; give one factor for each matrix.");
    }
  }

  @Override
  Shape left(Shape factor) {
    return Stacks.with(factor, 1, 1);
  }

  @Override
  Shape right(Shape matrix) {
    return Stacks.with(Stacks.batch(matrix), 1, matrix.extent(-1) * matrix.extent(-2));
  }

  @Override
  Shape result(Shape factor, Shape matrix) {
    return matrix;
  }
}
