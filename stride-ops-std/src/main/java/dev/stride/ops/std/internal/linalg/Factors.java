package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Shapes;

/**
 * The LU factors of a stack of matrices, with row exchanges, in float64: what solving with them, or
 * with their transposes, needs. Immutable.
 *
 * <p>LAPACK sees the transpose of a row-major matrix, so these are factors of {@code A^T = P L U}.
 *
 * @param broken the number of the first pivot of each matrix that is zero, or 0
 */
@SuppressWarnings("ArrayRecordComponent")
record Factors(Shape shape, double[] lu, int[] pivots, int[] broken) implements Saved {

  /** Factors the matrices; singular ones too, whose last pivots are zero. */
  static Factors of(Tensor a, OperatorCall call) {
    int n = a.shape().extent(-1);
    int matrices = Stacks.batch(a.shape()).size();
    double[] lu = a.toDoubleArray();
    int[] pivots = new int[matrices * n];
    int[] broken = new int[matrices];
    Lapack lapack = Library.chosen().lapack();
    if (n > 0) {
      call.parallel().run(matrices, i -> broken[i] = lapack.getrf(n, lu, i * n * n, pivots, i * n));
    }
    return new Factors(a.shape(), lu, pivots, broken);
  }

  int n() {
    return shape.extent(-1);
  }

  /** These factors, if no matrix is singular. */
  Factors checked(OperatorCall call, String port) {
    for (int i = 0; i < broken.length; i++) {
      if (broken[i] != 0) {
        throw Squares.broken(
            call,
            port,
            i,
            "singular",
            broken[i],
            "Add a multiple of the identity, or solve a least-squares problem.");
      }
    }
    return this;
  }

  /**
   * {@code A^-1 b}, or {@code A^-T b}, of shape {@code [batch..., n, m]}.
   *
   * @param b float64, {@code [batch..., n, m]}, of a batch that fits
   */
  Tensor solve(Tensor b, boolean transposed, OperatorCall call) {
    int n = n();
    int m = b.shape().extent(-1);
    Shape batch = Shapes.broadcast(Stacks.batch(shape), Stacks.batch(b.shape()));
    int[] matrix = Stacks.positions(Stacks.batch(shape), batch);
    double[] x = Solutions.repeated(b, batch);
    if (x.length > 0) {
      Lapack lapack = Library.chosen().lapack();
      call.parallel()
          .run(
              matrix.length,
              i -> {
                int atX = i * n * m;
                int atLu = matrix[i] * n * n;
                if (transposed) {
                  exchange(x, atX, m, matrix[i] * n, true);
                  lapack.trsm("L", "T", "U", m, n, lu, atLu, x, atX);
                  lapack.trsm("U", "T", "N", m, n, lu, atLu, x, atX);
                } else {
                  lapack.trsm("U", "N", "N", m, n, lu, atLu, x, atX);
                  lapack.trsm("L", "N", "U", m, n, lu, atLu, x, atX);
                  exchange(x, atX, m, matrix[i] * n, false);
                }
              });
    }
    return Tensor.adopt(Stacks.with(batch, n, m), x);
  }

  private void exchange(double[] x, int atX, int m, int atPivots, boolean forwards) {
    for (int step = 0; step < n(); step++) {
      int row = forwards ? step : n() - 1 - step;
      int other = pivots[atPivots + row] - 1;
      for (int j = 0; j < m && other != row; j++) {
        double kept = x[atX + row * m + j];
        x[atX + row * m + j] = x[atX + other * m + j];
        x[atX + other * m + j] = kept;
      }
    }
  }

  /** {@code A^-T} of every matrix. */
  Tensor inverseTransposed(OperatorCall call) {
    return solve(Solutions.identities(shape), true, call);
  }

  /** The sign of the determinant of a matrix; 0 if it is singular, NaN if it holds a NaN. */
  double sign(int matrix) {
    double sign = 1;
    for (int i = 0; i < n(); i++) {
      double pivot = pivot(matrix, i);
      sign *= Double.isNaN(pivot) ? pivot : Math.signum(pivot);
      sign = pivots[matrix * n() + i] == i + 1 ? sign : -sign;
    }
    return sign == 0 ? 0 : sign;
  }

  /** A pivot of a matrix, in the order of elimination. */
  double pivot(int matrix, int i) {
    return lu[matrix * n() * n() + i * n() + i];
  }

  @Override
  public long bytes() {
    return 8L * lu.length + 4L * (pivots.length + broken.length);
  }
}
