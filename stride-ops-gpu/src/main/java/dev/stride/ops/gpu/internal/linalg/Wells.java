package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/** Matrices for samples. */
final class Wells {

  private Wells() {}

  /** Random matrices with a strong diagonal, not symmetric. */
  static Tensor matrices(int... extents) {
    int n = extents[extents.length - 1];
    return withDiagonal(i -> 2 + n, 1, extents);
  }

  /** Matrices whose eigenvalues and singular values keep apart, and away from 0. */
  static Tensor apart(int... extents) {
    return withDiagonal(i -> 3 * i + 2, 0.4, extents);
  }

  /** Random symmetric positive definite matrices: nearly {@code 2 n^2} on the diagonal. */
  static Tensor positive(int... extents) {
    int n = extents[extents.length - 1];
    double[] values = withDiagonal(i -> 2 * n, 1, extents).toDoubleArray();
    for (int at = 0; at < values.length; at++) {
      int turned = at / (n * n) * n * n + at % n * n + at / n % n;
      values[at] = turned < at ? values[turned] : values[at];
    }
    return Tensor.adopt(Shape.of(extents), values);
  }

  private interface Diagonal {
    double at(int i);
  }

  private static Tensor withDiagonal(Diagonal diagonal, double random, int... extents) {
    double[] values = Tensor.random(Shape.of(extents), DataType.FLOAT64, 27).toDoubleArray();
    int rows = extents[extents.length - 2];
    int columns = extents[extents.length - 1];
    for (int at = 0; at < values.length; at++) {
      int i = at / columns % rows;
      values[at] = random * values[at] + (i == at % columns ? diagonal.at(i) : 0);
    }
    return Tensor.adopt(Shape.of(extents), values);
  }
}
