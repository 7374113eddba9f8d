package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.Arrays;

/**
 * Products of matrices, tile by tile: a tile of the result is summed over blocks of {@link #DEPTH}
 * products, and blocks in float64, so that the error does not grow with the matrices. The order is
 * fixed by their shapes.
 *
 * <p>Rows of a block are copied to arrays of their own that share one index, so that the loop
 * becomes vector code without any library.
 */
public final class MatrixProduct {

  private static final int HEIGHT = 64;
  private static final int WIDTH = 512;
  private static final int DEPTH = 128;

  /** Rows at once of which the loop makes one row of the result. */
  private static final int UNROLLED = 4;

  private final Matrix a;
  private final Matrix b;

  private MatrixProduct(Matrix a, Matrix b) {
    this.a = a;
    this.b = b;
  }

  /**
   * The product {@code a b}, row-major.
   *
   * @param a of as many columns as {@code b} has rows
   */
  public static Tensor of(Matrix a, Matrix b, Shape shape, Parallel parallel) {
    Object out = a.isFloat32() ? new float[shape.size()] : new double[shape.size()];
    into(a, b, out, 0, parallel);
    return HeapArray.adopt(shape, out);
  }

  /**
   * Writes the product {@code a b}, row-major, to an array.
   *
   * @param a of as many columns as {@code b} has rows
   * @param out of the type of both
   * @param start position of its first element
   */
  public static void into(Matrix a, Matrix b, Object out, int start, Parallel parallel) {
    boolean turned = b.columns() < a.rows() && b.columns() < UNROLLED;
    MatrixProduct product =
        turned ? new MatrixProduct(b.transposed(), a.transposed()) : new MatrixProduct(a, b);
    product.compute(out, start, parallel, turned);
  }

  private void compute(Object out, int start, Parallel parallel, boolean turned) {
    int across = Chunks.number(b.columns(), WIDTH);
    int tiles = Chunks.number(a.rows(), HEIGHT) * across;
    Chunks.cover(
        parallel,
        tiles,
        1,
        (from, to) -> {
          for (int tile = from; tile < to; tile++) {
            tile(tile / across * HEIGHT, tile % across * WIDTH, out, start, turned);
          }
        });
  }

  private void tile(int row, int column, Object out, int start, boolean turned) {
    int height = Math.min(HEIGHT, a.rows() - row);
    int width = Math.min(WIDTH, b.columns() - column);
    double[][] total = new double[height][width];
    for (int k = 0; k < a.columns(); k += DEPTH) {
      int depth = Math.min(DEPTH, a.columns() - k);
      if (a.isFloat32()) {
        addFloats(total, row, column, k, depth);
      } else {
        addDoubles(total, row, column, k, depth);
      }
    }
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        int at = turned ? (column + j) * a.rows() + row + i : (row + i) * b.columns() + column + j;
        store(out, start + at, total[i][j]);
      }
    }
  }

  private static void store(Object out, int at, double value) {
    if (out instanceof float[] floats) {
      floats[at] = (float) value;
    } else {
      ((double[]) out)[at] = value;
    }
  }

  private void addFloats(double[][] total, int row, int column, int k, int depth) {
    int width = total[0].length;
    int padded = Chunks.number(depth, UNROLLED) * UNROLLED;
    float[][] block = new float[padded][width];
    for (int l = 0; l < depth; l++) {
      b.read(k + l, column, width, block[l]);
    }
    float[] factors = new float[padded];
    float[] sum = new float[width];
    for (int i = 0; i < total.length; i++) {
      a.read(row + i, k, depth, factors);
      Arrays.fill(sum, 0);
      for (int l = 0; l < padded; l += UNROLLED) {
        addRows(sum, factors, l, block[l], block[l + 1], block[l + 2], block[l + 3]);
      }
      addTo(total[i], sum);
    }
  }

  private static void addRows(
      float[] sum, float[] factors, int l, float[] b0, float[] b1, float[] b2, float[] b3) {
    float f0 = factors[l];
    float f1 = factors[l + 1];
    float f2 = factors[l + 2];
    float f3 = factors[l + 3];
    for (int j = 0; j < sum.length; j++) {
      sum[j] += (f0 * b0[j] + f1 * b1[j]) + (f2 * b2[j] + f3 * b3[j]);
    }
  }

  private static void addTo(double[] total, float[] sum) {
    for (int j = 0; j < total.length; j++) {
      total[j] += sum[j];
    }
  }

  private void addDoubles(double[][] total, int row, int column, int k, int depth) {
    int width = total[0].length;
    int padded = Chunks.number(depth, UNROLLED) * UNROLLED;
    double[][] block = new double[padded][width];
    for (int l = 0; l < depth; l++) {
      b.read(k + l, column, width, block[l]);
    }
    double[] factors = new double[padded];
    double[] sum = new double[width];
    for (int i = 0; i < total.length; i++) {
      a.read(row + i, k, depth, factors);
      Arrays.fill(sum, 0);
      for (int l = 0; l < padded; l += UNROLLED) {
        addRows(sum, factors, l, block[l], block[l + 1], block[l + 2], block[l + 3]);
      }
      addTo(total[i], sum);
    }
  }

  private static void addRows(
      double[] sum, double[] factors, int l, double[] b0, double[] b1, double[] b2, double[] b3) {
    double f0 = factors[l];
    double f1 = factors[l + 1];
    double f2 = factors[l + 2];
    double f3 = factors[l + 3];
    for (int j = 0; j < sum.length; j++) {
      sum[j] += (f0 * b0[j] + f1 * b1[j]) + (f2 * b2[j] + f3 * b3[j]);
    }
  }

  private static void addTo(double[] total, double[] sum) {
    for (int j = 0; j < total.length; j++) {
      total[j] += sum[j];
    }
  }
}
