package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;

/** Systems of equations with triangular matrices, and stacks of right-hand sides, in float64. */
final class Solutions {

  private Solutions() {}

  /** A right-hand side as matrices: a vector, which has one axis, is a column. */
  static Shape columns(Shape b) {
    return b.rank() == 1 ? Shape.of(b.extent(0), 1) : b;
  }

  /** The right-hand sides, each repeated as a batch asks for, in an array of its own. */
  static double[] repeated(Tensor b, Shape batch) {
    Shape whole = Stacks.with(batch, b.shape().extent(-2), b.shape().extent(-1));
    return b.broadcastTo(whole).toDoubleArray();
  }

  /** One identity for each matrix of a stack. */
  static Tensor identities(Shape shape) {
    int n = shape.extent(-1);
    double[] values = new double[shape.size()];
    for (int at = 0; at < values.length; at += n * n) {
      for (int i = 0; i < n; i++) {
        values[at + i * n + i] = 1;
      }
    }
    return Tensor.adopt(shape, values);
  }

  /**
   * {@code op(A)^-1 b}, of shape {@code [batch..., n, m]}.
   *
   * @param a float64, of which one triangle is read, its diagonal too unless it is {@code unit}
   * @param b float64, {@code [batch..., n, m]}, of a batch that fits
   */
  static Tensor triangular(Tensor a, Triangle.Form form, Tensor b, OperatorCall call) {
    int n = a.shape().extent(-1);
    int m = b.shape().extent(-1);
    Shape batch = Shapes.broadcast(Stacks.batch(a.shape()), Stacks.batch(b.shape()));
    int[] matrix = Stacks.positions(Stacks.batch(a.shape()), batch);
    double[] x = repeated(b, batch);
    if (x.length > 0) {
      double[] triangles = HeapArray.doubles(a);
      Lapack lapack = Library.chosen().lapack();
      call.parallel()
          .run(
              matrix.length,
              i ->
                  lapack.trsm(
                      form.upper() ? "L" : "U",
                      form.transposed() ? "T" : "N",
                      form.unit() ? "U" : "N",
                      m,
                      n,
                      triangles,
                      matrix[i] * n * n,
                      x,
                      i * n * m));
    }
    return Tensor.adopt(Stacks.with(batch, n, m), x);
  }

  /** {@code op(a) op(b)} of float64 stacks. */
  static Tensor times(Stored a, Stored b, OperatorCall call) {
    return Products.chosen().multiply(a, b, call.parallel());
  }

  /** A float64 tensor read as it is. */
  static Stored plain(Tensor x) {
    return Stored.of(x, x.shape());
  }

  /** A float64 tensor with its matrices transposed. */
  static Stored turned(Tensor x) {
    return Stored.of(x, x.shape()).turned();
  }
}
