package dev.stride.ops.std.internal.sparse;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.operator.Operands;

/** Where the entries of a sparse matrix are, in compressed rows. Not modified once it is made. */
final class Pattern {

  /** Entries of a chunk. */
  private static final int CHUNK = 1 << 13;

  /** Parts that a product with the transpose is summed in, at most. */
  private static final int PARTS = 8;

  private final int width;
  private final int[] starts;
  private final int[] columns;

  private Pattern(int width, int[] starts, int[] columns) {
    this.width = width;
    this.starts = starts;
    this.columns = columns;
  }

  /**
   * The pattern of a call, checked: an error names the row that is wrong.
   *
   * @param width number of columns of the matrix
   */
  static Pattern of(OperatorCall call, int width) {
    Tensor starts = call.tensor("starts");
    Tensor columns = call.tensor("columns");
    int[] start = new int[starts.size()];
    if (start.length == 0) {
      throw Operands.wrong(
          call, "`starts` is empty; it must have one number more than there are rows. Give [0].");
    }
    for (int i = 0; i < start.length; i++) {
      start[i] = start(call, starts, columns.size(), i, i == 0 ? 0 : start[i - 1]);
    }
    return new Pattern(width, start, columns(call, columns, width, start));
  }

  private static int[] columns(OperatorCall call, Tensor columns, int width, int[] starts) {
    Object given = HeapArray.of(columns);
    int[] column = new int[columns.size()];
    for (int row = 0; row + 1 < starts.length; row++) {
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        double number = HeapArray.get(given, k);
        column[k] = (int) number;
        if (column[k] != number || column[k] < 0 || column[k] >= width) {
          throw wrongColumn(call, number, width, row, k);
        }
      }
    }
    return column;
  }

  private static int start(OperatorCall call, Tensor starts, int entries, int i, int before) {
    double given = starts.at(i);
    boolean last = i == starts.size() - 1;
    if (given != Math.rint(given)
        || given < before
        || given > entries
        || (i == 0 && given != 0)
        || (last && given != entries)) {
      String place =
          last && i > 0 ? "row " + (i - 1) + " ends at entry " : "row " + i + " begins at entry ";
      throw Operands.wrong(
          call,
          place
              + given
              + " by `starts`, but "
              + (i == 0
                  ? "the first begins at 0"
                  : last
                      ? "the last ends with the " + entries + " entries of `columns`"
                      : "that before it at " + before + ", and there are " + entries + " entries")
              + ". Starts are whole numbers from 0 to the number of entries that never fall.");
    }
    return (int) given;
  }

  private static IllegalArgumentException wrongColumn(
      OperatorCall call, double given, int width, int row, int entry) {
    return Operands.wrong(
        call,
        "row "
            + row
            + " has column "
            + given
            + " at entry "
            + entry
            + ", but `x` has "
            + width
            + " elements; columns are whole numbers from 0 to "
            + (width - 1)
            + ". Correct `columns`, or give it in float64 if float32 rounded it.");
  }

  private int rows() {
    return starts.length - 1;
  }

  /** Rows of a chunk, so that chunks have about as many entries. */
  private int lead(int entries) {
    long perRow = Math.max(1, columns.length / Math.max(1, rows()));
    return (int) Math.max(1, entries / perRow);
  }

  /** {@code A x}. */
  Tensor product(Tensor values, Tensor x, Parallel parallel) {
    Object a = HeapArray.of(values);
    Object v = HeapArray.of(x);
    Object y = HeapArray.zeros(x.dataType(), rows());
    Chunks.cover(
        parallel,
        rows(),
        lead(CHUNK),
        (from, to) -> {
          if (y instanceof float[] floats) {
            product((float[]) a, (float[]) v, floats, from, to);
          } else {
            product((double[]) a, (double[]) v, (double[]) y, from, to);
          }
        });
    return HeapArray.adopt(Shape.of(rows()), y);
  }

  private void product(float[] a, float[] x, float[] y, int from, int to) {
    int[] column = columns;
    for (int row = from, k = starts[from]; row < to; row++) {
      double sum = 0;
      for (int end = starts[row + 1]; k < end; k++) {
        sum += (double) a[k] * x[column[k]];
      }
      y[row] = (float) sum;
    }
  }

  private void product(double[] a, double[] x, double[] y, int from, int to) {
    int[] column = columns;
    for (int row = from, k = starts[from]; row < to; row++) {
      double sum = 0;
      for (int end = starts[row + 1]; k < end; k++) {
        sum += a[k] * x[column[k]];
      }
      y[row] = sum;
    }
  }

  /** {@code g[r] x[c]} for each entry. */
  Tensor outer(Tensor g, Tensor x, Parallel parallel) {
    Object left = HeapArray.of(g);
    Object right = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), columns.length);
    Chunks.cover(
        parallel,
        rows(),
        lead(CHUNK),
        (from, to) -> {
          if (out instanceof float[] floats) {
            outer((float[]) left, (float[]) right, floats, from, to);
          } else {
            outer((double[]) left, (double[]) right, (double[]) out, from, to);
          }
        });
    return HeapArray.adopt(Shape.of(columns.length), out);
  }

  private void outer(float[] g, float[] x, float[] out, int from, int to) {
    for (int row = from; row < to; row++) {
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        out[k] = g[row] * x[columns[k]];
      }
    }
  }

  private void outer(double[] g, double[] x, double[] out, int from, int to) {
    for (int row = from; row < to; row++) {
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        out[k] = g[row] * x[columns[k]];
      }
    }
  }

  /** {@code A^T g}: each part of the rows into sums of its own, which are then added in order. */
  Tensor transposed(Tensor values, Tensor g, Parallel parallel) {
    int parts = Math.clamp(columns.length / (4L * Math.max(1, width)), 1, PARTS);
    int size = (rows() + parts - 1) / parts;
    double[][] sums = new double[parts][];
    parallel.run(
        parts,
        part -> {
          double[] sum = new double[width];
          scatter(
              values, g, sum, Math.min(part * size, rows()), Math.min((part + 1) * size, rows()));
          sums[part] = sum;
        });
    double[] total = sums[0];
    for (int part = 1; part < parts; part++) {
      for (int c = 0; c < width; c++) {
        total[c] += sums[part][c];
      }
    }
    return Tensor.adopt(Shape.of(width), total).cast(g.dataType());
  }

  private void scatter(Tensor values, Tensor g, double[] sum, int from, int to) {
    if (HeapArray.of(values) instanceof float[] a) {
      float[] cotangent = HeapArray.floats(g);
      for (int row = from; row < to; row++) {
        for (int k = starts[row]; k < starts[row + 1]; k++) {
          sum[columns[k]] += (double) a[k] * cotangent[row];
        }
      }
    } else {
      double[] a = HeapArray.doubles(values);
      double[] cotangent = HeapArray.doubles(g);
      for (int row = from; row < to; row++) {
        for (int k = starts[row]; k < starts[row + 1]; k++) {
          sum[columns[k]] += a[k] * cotangent[row];
        }
      }
    }
  }
}
