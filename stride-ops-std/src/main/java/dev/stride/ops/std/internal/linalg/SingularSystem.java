package dev.stride.ops.std.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.operator.Operands;

/**
 * The singular values, descending, and vectors of a stack of matrices {@code U diag(values) V^T},
 * in float64. With {@code k = min(m, n)}:
 *
 * @param values [batch..., k]
 * @param left U, [batch..., m, k]
 * @param right V^T, [batch..., k, n]
 */
record SingularSystem(Tensor values, Tensor left, Tensor right) implements Saved {

  static SingularSystem of(OperatorCall call, Tensor a) {
    if (a.shape().rank() < 2) {
      throw Operands.wrong(
          call,
          "`a` has shape "
              + a.shape()
              + "; it must be [batch..., m, n]. Reshape it before the call.");
    }
    int m = a.shape().extent(-2);
    int n = a.shape().extent(-1);
    int k = Math.min(m, n);
    Shape batch = Stacks.batch(a.shape());
    double[] longer = a.cast(DataType.FLOAT64).toDoubleArray();
    double[] square = new double[batch.size() * k * k];
    double[] values = new double[batch.size() * k];
    int[] failed = new int[batch.size()];
    if (k > 0) {
      Lapack lapack = Library.chosen().lapack();
      // What is row-major here is its transpose to LAPACK, so that the sides change places.
      call.parallel()
          .run(
              failed.length,
              i ->
                  failed[i] =
                      lapack.gesdd(n, m, longer, i * m * n, values, i * k, square, i * k * k));
    }
    for (int i = 0; i < failed.length; i++) {
      if (failed[i] != 0) {
        throw singular(
            call,
            "the singular values of matrix "
                + i
                + " of `a` were not found (dgesdd: "
                + failed[i]
                + "). Look for NaN or infinity in it.");
      }
    }
    return new SingularSystem(
        Tensor.adopt(Stacks.with(batch, k), values),
        Tensor.adopt(Stacks.with(batch, m, k), n >= m ? square : longer),
        Tensor.adopt(Stacks.with(batch, k, n), n >= m ? longer : square));
  }

  int k() {
    return values.shape().extent(-1);
  }

  private int rows() {
    return left.shape().extent(-2);
  }

  private int columns() {
    return right.shape().extent(-1);
  }

  /** {@code U diag(d) V^T}. */
  Tensor matrix(Tensor d, OperatorCall call) {
    return product(scaled(left, d), right, call);
  }

  /** {@code U^T x V}: matrices seen in the basis of the singular vectors, [batch..., k, k]. */
  Tensor intoBasis(Tensor x, OperatorCall call) {
    return timesRight(leftTimes(x, call), call);
  }

  /** {@code U p V^T}: matrices given in that basis. */
  Tensor outOfBasis(Tensor p, OperatorCall call) {
    return product(product(left, p, call), right, call);
  }

  /**
   * What the matrix is besides its part in the spaces of the singular vectors, where one of them is
   * not the whole space, weighted: {@code (x - U U^T x) V diag(d) V^T} for a tall matrix, {@code U
   * diag(d) U^T (x - x V V^T)} for a wide one, nothing for a square one.
   */
  Tensor outside(Tensor x, Tensor d, OperatorCall call) {
    if (rows() > columns()) {
      Tensor rest = x.minus(product(left, leftTimes(x, call), call));
      return product(scaled(timesRight(rest, call), d), right, call);
    }
    if (rows() < columns()) {
      Tensor rest = x.minus(product(timesRight(x, call), right, call));
      return product(scaled(left, d), leftTimes(rest, call), call);
    }
    return Tensor.zeros(x.shape(), DataType.FLOAT64);
  }

  private Tensor leftTimes(Tensor x, OperatorCall call) {
    return Solutions.times(Solutions.turned(left), Solutions.plain(x), call);
  }

  private Tensor timesRight(Tensor x, OperatorCall call) {
    return Solutions.times(Solutions.plain(x), Solutions.turned(right), call);
  }

  private static Tensor product(Tensor a, Tensor b, OperatorCall call) {
    return Solutions.times(Solutions.plain(a), Solutions.plain(b), call);
  }

  /** The columns of matrices, each times an element of d. */
  private Tensor scaled(Tensor x, Tensor d) {
    double[] out = x.toDoubleArray();
    int size = x.shape().extent(-2) * k();
    for (int at = 0; at < out.length; at++) {
      out[at] *= d.at(at / size * k() + at % k());
    }
    return Tensor.adopt(x.shape(), out);
  }

  /** The diagonals of [batch..., k, k]. */
  Tensor diagonalOf(Tensor p) {
    double[] out = new double[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = p.at(i * k() + i % k());
    }
    return Tensor.adopt(values.shape(), out);
  }

  /** Refuses what has no gradient of its own, unless the cotangent treats it alike. */
  void checkGaps(OperatorCall call, Tensor cotangent) {
    for (int i = 0; i < values.size(); i++) {
      boolean last = (i + 1) % k() == 0;
      if (last ? vanishes(i) && cotangent.at(i) != 0 : meets(i) && apart(cotangent, i)) {
        throw last ? vanishing(call, i) : meeting(call, i);
      }
    }
  }

  /** Those that vanish meet at 0, where the sign matters too. */
  private boolean apart(Tensor cotangent, int i) {
    return cotangent.at(i) != cotangent.at(i + 1) || (vanishes(i) && cotangent.at(i) != 0);
  }

  /** The same for whatever depends on single vectors or directions. */
  void checkGaps(OperatorCall call) {
    for (int i = 0; i < values.size(); i++) {
      boolean last = (i + 1) % k() == 0;
      if (last ? vanishes(i) : meets(i)) {
        throw last ? vanishing(call, i) : meeting(call, i);
      }
    }
  }

  private boolean meets(int i) {
    return values.at(i) - values.at(i + 1) <= threshold(i);
  }

  private boolean vanishes(int i) {
    return values.at(i) <= threshold(i);
  }

  private double threshold(int i) {
    return 8 * (rows() + columns()) * Math.ulp(values.at(i - i % k()));
  }

  private ArithmeticException meeting(OperatorCall call, int i) {
    return singular(
        call,
        "singular values "
            + i % k()
            + " and "
            + (i % k() + 1)
            + " of matrix "
            + i / k()
            + " of `a` meet at "
            + values.at(i)
            + ", where they have no gradient of their own. Use a function that treats them alike,"
            + " such as their sum, or move the matrix.");
  }

  private ArithmeticException vanishing(OperatorCall call, int i) {
    return singular(
        call,
        "singular value "
            + i % k()
            + " of matrix "
            + i / k()
            + " of `a` is "
            + values.at(i)
            + ", a kink: it has no gradient at 0. Leave it out of the loss, or move the matrix.");
  }

  private static ArithmeticException singular(OperatorCall call, String what) {
    return new ArithmeticException(call.signature().name() + ": " + what);
  }

  @Override
  public long bytes() {
    return 8L * (values.size() + left.size() + right.size());
  }
}
