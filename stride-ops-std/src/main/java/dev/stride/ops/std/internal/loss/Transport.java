package dev.stride.ops.std.internal.loss;

import java.util.Arrays;

/**
 * The cheapest way to move one heap of sand into the form of another, in one dimension. Both are
 * given by the masses of n cells of extent 1, spread evenly over each cell.
 *
 * <p>What lies at {@code t} moves to {@code u = T(t)}, where as much mass is to the left. The ends
 * of the cells of both heaps cut the mass into pieces in which t and u are linear in the mass, so
 * that integrals are sums over at most 2 n pieces, exact but for rounding. Immutable.
 *
 * @see <a href="https://arxiv.org/abs/1501.04660">Kolouri et al., Transport-based analysis of
 *     signals, images and beyond (2015)</a>
 */
final class Transport {

  /** Mass up to each end of a cell, from 0 to 1. */
  private final double[] first;

  private final double[] second;

  /** Whether a mass is not a number; then nothing is. */
  private final boolean undefined;

  /**
   * A transport.
   *
   * @param p positive masses that sum to 1. Not modified.
   * @param q as many. Not modified.
   */
  Transport(double[] p, double[] q) {
    this.first = sums(p);
    this.second = sums(q);
    this.undefined = Double.isNaN(first[p.length] + second[q.length]);
    first[p.length] = 1;
    second[q.length] = 1;
  }

  private static double[] sums(double[] masses) {
    double[] sums = new double[masses.length + 1];
    for (int i = 0; i < masses.length; i++) {
      sums[i + 1] = Math.min(1, sums[i] + masses[i]);
    }
    return sums;
  }

  /** A part of the mass: where it lies in a cell of each heap, and how much it is. */
  private record Piece(int i, double t0, double t1, int j, double u0, double u1, double mass) {

    double extent() {
      return t1 - t0;
    }

    /** Twice the integral of {@code t - u} over t. */
    double moment() {
      return extent() * (t0 - u0 + t1 - u1);
    }
  }

  private interface Visitor {
    void visit(Piece piece);
  }

  /** Visits the pieces from the left to the right. */
  private void pieces(Visitor visitor) {
    int n = first.length - 1;
    int i = 0;
    int j = 0;
    double mass = 0;
    double t = 0;
    double u = 0;
    while (i < n || j < n) {
      double endFirst = i < n ? first[i + 1] : Double.POSITIVE_INFINITY;
      double endSecond = j < n ? second[j + 1] : Double.POSITIVE_INFINITY;
      double next = Math.min(endFirst, endSecond);
      double nextT = i < n ? position(first, i, next) : n;
      double nextU = j < n ? position(second, j, next) : n;
      visitor.visit(
          new Piece(Math.min(i, n - 1), t, nextT, Math.min(j, n - 1), u, nextU, next - mass));
      i += next == endFirst ? 1 : 0;
      j += next == endSecond ? 1 : 0;
      mass = next;
      t = nextT;
      u = nextU;
    }
  }

  private static double position(double[] sums, int cell, double mass) {
    return mass == sums[cell + 1]
        ? cell + 1
        : cell + (mass - sums[cell]) / (sums[cell + 1] - sums[cell]);
  }

  /** The integral of {@code (t - T(t))^2} over the mass: the squared Wasserstein-2 distance. */
  double cost() {
    if (undefined) {
      return Double.NaN;
    }
    double[] sum = {0};
    pieces(piece -> {
      double d0 = piece.t0 - piece.u0;
      double d1 = piece.t1 - piece.u1;
      sum[0] += piece.mass * (d0 * d0 + d0 * d1 + d1 * d1) / 3;
    });
    return sum[0];
  }

  /**
   * The slopes of the cost along the masses of the first heap: the mean over each cell of the
   * potential whose derivative is {@code 2 (t - T(t))}, 0 at the left end. They are those of a cost
   * of heaps of equal mass: only their differences matter.
   */
  double[] slopes() {
    double[] slopes = new double[first.length - 1];
    if (undefined) {
      Arrays.fill(slopes, Double.NaN);
      return slopes;
    }
    double[] potential = {0};
    pieces(piece -> {
      double dt = piece.extent();
      double d0 = piece.t0 - piece.u0;
      double d1 = piece.t1 - piece.u1;
      slopes[piece.i] += dt * (potential[0] + dt * (2 * d0 + d1) / 3);
      potential[0] += piece.moment();
    });
    return slopes;
  }

  /** Slopes of {@link #slopes} along both masses. */
  @SuppressWarnings("ArrayRecordComponent")
  record Curvature(double[] towardsFirst, double[] towardsSecond) {}

  /**
   * The transpose of the derivative of {@link #slopes}, applied to {@code c}: for changes that
   * leave the masses of the heaps.
   *
   * <p>With {@code C(t)} what c sums up to from t to the right end, the change of {@code sum(c
   * slopes)} is {@code -2 int C dT dt}, and {@code dT = (dP(t) - dQ(T)) / q} where P and Q are the
   * masses to the left and q is the density at T.
   */
  Curvature curvature(double[] c) {
    int n = c.length;
    if (undefined) {
      double[] nothing = new double[n];
      Arrays.fill(nothing, Double.NaN);
      return new Curvature(nothing, nothing);
    }
    double[] right = new double[n + 1];
    for (int i = n - 1; i >= 0; i--) {
      right[i] = right[i + 1] + c[i];
    }
    double[] towardsFirst = new double[n];
    double[] towardsSecond = new double[n];
    double[] beyondFirst = new double[n + 1];
    double[] beyondSecond = new double[n + 1];
    pieces(piece -> {
      double dt = piece.extent();
      double density = second[piece.j + 1] - second[piece.j];
      if (dt > 0 && density > 0) {
        double k0 = right[piece.i] - c[piece.i] * (piece.t0 - piece.i);
        double k1 = right[piece.i] - c[piece.i] * (piece.t1 - piece.i);
        double factor = -2 * dt / density;
        double whole = factor * (k0 + k1) / 2;
        beyondFirst[piece.i] += whole;
        beyondSecond[piece.j] -= whole;
        towardsFirst[piece.i] += factor * product(k0, k1, piece.t0 - piece.i, piece.t1 - piece.i);
        towardsSecond[piece.j] -= factor * product(k0, k1, piece.u0 - piece.j, piece.u1 - piece.j);
      }
    });
    addWhatIsBeyond(beyondFirst, towardsFirst);
    addWhatIsBeyond(beyondSecond, towardsSecond);
    return new Curvature(towardsFirst, towardsSecond);
  }

  /** Mean of the product of two linear functions on an interval, given at its ends. */
  private static double product(double a0, double a1, double b0, double b1) {
    return (2 * a0 * b0 + a0 * b1 + a1 * b0 + 2 * a1 * b1) / 6;
  }

  /** A mass counts in full for everything to the right of its cell. */
  private static void addWhatIsBeyond(double[] beyond, double[] into) {
    double sum = 0;
    for (int i = into.length - 1; i >= 0; i--) {
      into[i] += sum;
      sum += beyond[i];
    }
  }
}
