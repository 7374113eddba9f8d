package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.Arrays;

/** Shapes of stacks of matrices, and the errors of what cannot be factored. */
final class Stacks {

  private Stacks() {}

  /** The extents before the last two. */
  static Shape batch(Shape matrices) {
    return Shape.of(Arrays.copyOf(matrices.toArray(), matrices.rank() - 2));
  }

  /** The batch with further extents behind it. */
  static Shape with(Shape batch, int... extents) {
    int[] all = Arrays.copyOf(batch.toArray(), batch.rank() + extents.length);
    System.arraycopy(extents, 0, all, batch.rank(), extents.length);
    return Shape.of(all);
  }

  /** Checks that the last two extents are equal. */
  static void checkSquare(OperatorCall call, String port, Shape shape) {
    if (shape.rank() < 2 || shape.extent(-1) != shape.extent(-2)) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` has shape "
              + shape
              + "; it must be [batch..., n, n]. Crop or reshape it before the call.");
    }
  }

  /** The error that a matrix of a stack cannot be factored. */
  static ArithmeticException broken(
      OperatorCall call, int matrix, String is, int pivot, String remedy) {
    return new ArithmeticException(
        call.signature().name()
            + ": matrix "
            + matrix
            + " of `a` is "
            + is
            + " (pivot "
            + pivot
            + "). "
            + remedy);
  }
}
