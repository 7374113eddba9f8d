package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.operator.Operands;

/** Checks of square matrices, and the errors of factorisations, which name matrix and pivot. */
final class Squares {

  private Squares() {}

  /** Checks that the last two extents are equal. */
  static void check(OperatorCall call, String port, Shape shape) {
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
      OperatorCall call, String port, int matrix, String is, int pivot, String remedy) {
    return new ArithmeticException(
        call.signature().name()
            + ": matrix "
            + matrix
            + " of `"
            + port
            + "` is "
            + is
            + " (pivot "
            + pivot
            + "). "
            + remedy);
  }
}
