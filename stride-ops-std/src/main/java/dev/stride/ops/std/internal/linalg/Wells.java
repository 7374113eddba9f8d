package dev.stride.ops.std.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/** Well-conditioned matrices for samples. */
final class Wells {

  private Wells() {}

  /** Random matrices with a strong diagonal, not symmetric. */
  static Tensor matrices(int... extents) {
    Tensor random = Tensor.random(Shape.of(extents), DataType.FLOAT64, 27);
    int n = extents[extents.length - 1];
    double[] values = random.toDoubleArray();
    for (int row = 0; row < values.length / n; row++) {
      values[row * n + row % n] += 2 + n;
    }
    return Tensor.adopt(random.shape(), values);
  }

  /** Random symmetric positive definite matrices. */
  static Tensor positive(int... extents) {
    Tensor root = matrices(extents);
    return new Products(Library.java())
        .multiply(Solutions.plain(root), Solutions.turned(root), Parallel.serial());
  }
}
