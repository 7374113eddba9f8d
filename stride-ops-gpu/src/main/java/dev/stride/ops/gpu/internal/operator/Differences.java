package dev.stride.ops.gpu.internal.operator;

import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix.Row;

/**
 * Differences along an axis as matrices, for a spacing of 1.
 *
 * <p>Weights are those of Fornberg (1988), "Generation of finite difference formulas on arbitrarily
 * spaced grids", Math. Comp. 51: the only ones that are exact for polynomials of the degree that
 * the number of points allows.
 */
final class Differences {

  private Differences() {}

  /**
   * The first derivative.
   *
   * @param order order of accuracy: even for central differences; 1 for forward differences
   */
  static SparseMatrix first(int extent, int order, Edge edge) {
    return order == 1
        ? central(extent, new double[] {-1, 1}, 0, edge, 1, 1)
        : central(extent, central(1, order / 2), order / 2, edge, 1, order);
  }

  /** The first derivative by backward differences. */
  static SparseMatrix backward(int extent, Edge edge) {
    return central(extent, new double[] {-1, 1}, 1, edge, 1, 1);
  }

  /**
   * The second derivative by central differences.
   *
   * @param order order of accuracy, even
   */
  static SparseMatrix second(int extent, int order, Edge edge) {
    return central(extent, central(2, order / 2), order / 2, edge, 2, order);
  }

  /**
   * Points that a one-sided difference takes, the least extent of an axis with such edges.
   *
   * @param derivative 1 or 2
   */
  static int needed(int derivative, int order) {
    return order + derivative;
  }

  /** The same weights at every row, from {@code reach} points before it on. */
  private static SparseMatrix central(
      int extent, double[] weights, int reach, Edge edge, int derivative, int order) {
    return SparseMatrix.of(
        extent,
        extent,
        i -> {
          boolean outside = i < reach || i - reach + weights.length > extent;
          return outside && edge == Edge.ONE_SIDED
              ? leaning(extent, i, derivative, order)
              : centred(extent, i - reach, weights, edge);
        });
  }

  /**
   * The closed form at the middle point: with radius r, {@code (-1)^(n+1) (r!)^2 / ((r-n)! (r+n)!)}
   * over {@code n} at the distance n for the first derivative, and twice that over {@code n^2} for
   * the second; both are exactly symmetric.
   */
  private static double[] central(int derivative, int radius) {
    double[] weights = new double[2 * radius + 1];
    double ratio = 1;
    for (int n = 1; n <= radius; n++) {
      ratio *= -(double) (radius - n + 1) / (radius + n);
      double weight = derivative == 1 ? -ratio / n : -2 * ratio / ((double) n * n);
      weights[radius + n] = weight;
      weights[radius - n] = derivative == 1 ? -weight : weight;
      weights[radius] -= derivative == 1 ? 0 : 2 * weight;
    }
    return weights;
  }

  private static Row centred(int extent, int from, double[] weights, Edge edge) {
    Row row = new Row();
    for (int k = 0; k < weights.length; k++) {
      int inside = edge.inside(from + k, extent);
      if (inside >= 0) {
        row.add(inside, weights[k]);
      }
    }
    return row;
  }

  private static Row leaning(int extent, int i, int derivative, int order) {
    int points = needed(derivative, order);
    int from = i < extent / 2 ? 0 : extent - points;
    double[] weights = weights(derivative, i - from, points - 1);
    Row row = new Row();
    for (int k = 0; k < points; k++) {
      row.add(from + k, weights[k]);
    }
    return row;
  }

  /**
   * Weights of a derivative at the point {@code at} among the points 0 to {@code last}; Fornberg's
   * recursion.
   */
  static double[] weights(int derivative, double at, int last) {
    double[][] c = new double[derivative + 1][last + 1];
    c[0][0] = 1;
    double product = 1;
    for (int i = 1; i <= last; i++) {
      double next = 1;
      for (int j = 0; j < i; j++) {
        double distance = i - j;
        next *= distance;
        if (j == i - 1) {
          for (int m = Math.min(i, derivative); m >= 0; m--) {
            double below = m == 0 ? 0 : m * c[m - 1][i - 1];
            c[m][i] = product * (below - (i - 1 - at) * c[m][i - 1]) / next;
          }
        }
        for (int m = Math.min(i, derivative); m >= 0; m--) {
          double below = m == 0 ? 0 : m * c[m - 1][j];
          c[m][j] = ((i - at) * c[m][j] - below) / distance;
        }
      }
      product = next;
    }
    return c[derivative];
  }
}
