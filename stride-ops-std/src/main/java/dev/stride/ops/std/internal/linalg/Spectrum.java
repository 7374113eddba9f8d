package dev.stride.ops.std.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * Eigenvalues, ascending, and eigenvectors of the symmetric parts of a stack of matrices, in
 * float64.
 *
 * @param values [batch..., n]
 * @param vectors [batch..., n, n], an eigenvector in each row
 */
record Spectrum(Tensor values, Tensor vectors) implements Saved {

  static Spectrum of(OperatorCall call, Tensor a) {
    Squares.check(call, "a", a.shape());
    int n = a.shape().extent(-1);
    Shape batch = Stacks.batch(a.shape());
    Tensor wide = a.cast(DataType.FLOAT64);
    double[] vectors = symmetric(wide).toDoubleArray();
    double[] values = new double[batch.size() * n];
    int[] failed = new int[batch.size()];
    if (n > 0) {
      Lapack lapack = Library.chosen().lapack();
      call.parallel()
          .run(failed.length, i -> failed[i] = lapack.syevd(n, vectors, i * n * n, values, i * n));
    }
    for (int i = 0; i < failed.length; i++) {
      if (failed[i] != 0) {
        throw Squares.broken(
            call, "a", i, "one whose eigenvalues were not found", failed[i], "Look for NaN in it.");
      }
    }
    return new Spectrum(
        Tensor.adopt(Stacks.with(batch, n), values), Tensor.adopt(a.shape(), vectors));
  }

  static Tensor symmetric(Tensor x) {
    return x.plus(MatrixTranspose.of(x)).times(0.5);
  }

  int n() {
    return vectors.shape().extent(-1);
  }

  /** {@code Q^T m Q}: matrices given in the basis of the eigenvectors. */
  Tensor outOfBasis(Tensor m, OperatorCall call) {
    Tensor left = Solutions.times(Solutions.turned(vectors), Solutions.plain(m), call);
    return Solutions.times(Solutions.plain(left), Solutions.plain(vectors), call);
  }

  /** {@code Q m Q^T}: matrices seen in the basis of the eigenvectors. */
  Tensor intoBasis(Tensor m, OperatorCall call) {
    Tensor left = Solutions.times(Solutions.plain(vectors), Solutions.plain(m), call);
    return Solutions.times(Solutions.plain(left), Solutions.turned(vectors), call);
  }

  /** Matrices with these diagonals, zeros elsewhere. */
  Tensor diagonal(Tensor d) {
    double[] out = new double[vectors.size()];
    for (int i = 0; i < d.size(); i++) {
      out[i * n() + i % Math.max(1, n())] = d.at(i);
    }
    return Tensor.adopt(vectors.shape(), out);
  }

  /** The diagonals of matrices. */
  Tensor diagonalOf(Tensor m) {
    double[] out = new double[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = m.at(i * n() + i % n());
    }
    return Tensor.adopt(values.shape(), out);
  }

  /**
   * Eigenvalues that meet have no gradient of their own: an error, unless the cotangent treats them
   * alike.
   */
  void checkGaps(OperatorCall call, Tensor cotangent) {
    for (int i = 0; i + 1 < values.size(); i++) {
      if ((i + 1) % n() != 0 && meets(i) && cotangent.at(i) != cotangent.at(i + 1)) {
        throw meeting(call, i);
      }
    }
  }

  /** The same for whatever depends on single eigenvectors or directions. */
  void checkGaps(OperatorCall call) {
    for (int i = 0; i + 1 < values.size(); i++) {
      if ((i + 1) % n() != 0 && meets(i)) {
        throw meeting(call, i);
      }
    }
  }

  private boolean meets(int i) {
    int first = i - i % n();
    double largest = Math.max(Math.abs(values.at(first)), Math.abs(values.at(first + n() - 1)));
    return values.at(i + 1) - values.at(i) <= 8 * n() * Math.ulp(largest);
  }

  private ArithmeticException meeting(OperatorCall call, int i) {
    return new ArithmeticException(
        call.signature().name()
            + ": eigenvalues "
            + i % n()
            + " and "
            + (i % n() + 1)
            + " of matrix "
            + i / n()
            + " of `a` meet at "
            + values.at(i)
            + ", where they have no gradient of their own. Use a function that treats them alike,"
            + " such as their sum, or move the matrix.");
  }

  @Override
  public long bytes() {
    return 8L * (values.size() + vectors.size());
  }
}
