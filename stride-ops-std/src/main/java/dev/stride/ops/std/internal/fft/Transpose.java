package dev.stride.ops.std.internal.fft;

/** Exchanges rows and columns of split complex numbers. */
final class Transpose {

  /** Rows handled at once, so that neighbours are written together. */
  private static final int BLOCK = 8;

  private Transpose() {}

  /**
   * Sets element {@code r} of row {@code c} of y to {@code scale} times element {@code c} of row
   * {@code r} of x.
   *
   * @param x read. Not modified.
   * @param y overwritten
   * @param rows of x
   * @param columns of x
   */
  static void of(Rows x, Rows y, int rows, int columns, double scale) {
    if (x.re() instanceof float[]) {
      float factor = (float) scale;
      transpose(
          floats(x.re()),
          x.at(),
          x.stride(),
          floats(y.re()),
          y.at(),
          y.stride(),
          rows,
          columns,
          factor);
      transpose(
          floats(x.im()),
          x.at(),
          x.stride(),
          floats(y.im()),
          y.at(),
          y.stride(),
          rows,
          columns,
          factor);
    } else {
      transpose(
          doubles(x.re()),
          x.at(),
          x.stride(),
          doubles(y.re()),
          y.at(),
          y.stride(),
          rows,
          columns,
          scale);
      transpose(
          doubles(x.im()),
          x.at(),
          x.stride(),
          doubles(y.im()),
          y.at(),
          y.stride(),
          rows,
          columns,
          scale);
    }
  }

  private static float[] floats(Object array) {
    return (float[]) array;
  }

  private static double[] doubles(Object array) {
    return (double[]) array;
  }

  private static void transpose(
      float[] x,
      int xAt,
      int xRow,
      float[] y,
      int yAt,
      int yRow,
      int rows,
      int columns,
      float scale) {
    int whole = rows - rows % BLOCK;
    for (int r = 0; r < whole; r += BLOCK) {
      transposeBlock(x, xAt + r * xRow, xRow, y, yAt + r, yRow, columns, scale);
    }
    for (int r = whole; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        y[yAt + c * yRow + r] = scale * x[xAt + r * xRow + c];
      }
    }
  }

  private static void transposeBlock(
      float[] x, int xAt, int xRow, float[] y, int yAt, int yRow, int columns, float scale) {
    for (int c = 0; c < columns; c++) {
      int from = xAt + c;
      int to = yAt + c * yRow;
      y[to] = scale * x[from];
      y[to + 1] = scale * x[from + xRow];
      y[to + 2] = scale * x[from + 2 * xRow];
      y[to + 3] = scale * x[from + 3 * xRow];
      y[to + 4] = scale * x[from + 4 * xRow];
      y[to + 5] = scale * x[from + 5 * xRow];
      y[to + 6] = scale * x[from + 6 * xRow];
      y[to + 7] = scale * x[from + 7 * xRow];
    }
  }

  private static void transpose(
      double[] x,
      int xAt,
      int xRow,
      double[] y,
      int yAt,
      int yRow,
      int rows,
      int columns,
      double scale) {
    int whole = rows - rows % BLOCK;
    for (int r = 0; r < whole; r += BLOCK) {
      transposeBlock(x, xAt + r * xRow, xRow, y, yAt + r, yRow, columns, scale);
    }
    for (int r = whole; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        y[yAt + c * yRow + r] = scale * x[xAt + r * xRow + c];
      }
    }
  }

  private static void transposeBlock(
      double[] x, int xAt, int xRow, double[] y, int yAt, int yRow, int columns, double scale) {
    for (int c = 0; c < columns; c++) {
      int from = xAt + c;
      int to = yAt + c * yRow;
      y[to] = scale * x[from];
      y[to + 1] = scale * x[from + xRow];
      y[to + 2] = scale * x[from + 2 * xRow];
      y[to + 3] = scale * x[from + 3 * xRow];
      y[to + 4] = scale * x[from + 4 * xRow];
      y[to + 5] = scale * x[from + 5 * xRow];
      y[to + 6] = scale * x[from + 6 * xRow];
      y[to + 7] = scale * x[from + 7 * xRow];
    }
  }
}
