package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import java.util.Arrays;

/**
 * Reductions over axes other than sums. The order of terms depends on shapes alone.
 *
 * <p>All results have the shape {@link Axes#kept}.
 */
public enum Folds {
  /** The largest element; NaN if any is. -Infinity of none. */
  MAX(Double.NEGATIVE_INFINITY) {
    @Override
    double of(double a, double b) {
      return Math.max(a, b);
    }

    @Override
    void add(float[] x, int from, double[] lanes, int at, int count) {
      for (int i = 0; i < count; i++) {
        lanes[at + i] = Math.max(lanes[at + i], (double) x[from + i]);
      }
    }

    @Override
    void add(double[] x, int from, double[] lanes, int at, int count) {
      for (int i = 0; i < count; i++) {
        lanes[at + i] = Math.max(lanes[at + i], x[from + i]);
      }
    }
  },
  /** The smallest element; NaN if any is. Infinity of none. */
  MIN(Double.POSITIVE_INFINITY) {
    @Override
    double of(double a, double b) {
      return Math.min(a, b);
    }

    @Override
    void add(float[] x, int from, double[] lanes, int at, int count) {
      for (int i = 0; i < count; i++) {
        lanes[at + i] = Math.min(lanes[at + i], (double) x[from + i]);
      }
    }

    @Override
    void add(double[] x, int from, double[] lanes, int at, int count) {
      for (int i = 0; i < count; i++) {
        lanes[at + i] = Math.min(lanes[at + i], x[from + i]);
      }
    }
  },
  /** The product in float64; 1 of none. */
  PRODUCT(1) {
    @Override
    double of(double a, double b) {
      return a * b;
    }

    @Override
    void add(float[] x, int from, double[] lanes, int at, int count) {
      for (int i = 0; i < count; i++) {
        lanes[at + i] *= x[from + i];
      }
    }

    @Override
    void add(double[] x, int from, double[] lanes, int at, int count) {
      for (int i = 0; i < count; i++) {
        lanes[at + i] *= x[from + i];
      }
    }
  };

  /** Results of a row side by side, so that loops over them become vector code. */
  private static final int LANES = 64;

  /** Columns that are folded at once: their results stay in the first-level cache. */
  private static final int COLUMNS = 1024;

  private final double ofNone;

  Folds(double ofNone) {
    this.ofNone = ofNone;
  }

  abstract double of(double a, double b);

  /** Folds {@code x[from + i]} into {@code lanes[at + i]} for {@code 0 <= i < count}. */
  abstract void add(float[] x, int from, double[] lanes, int at, int count);

  /** Folds {@code x[from + i]} into {@code lanes[at + i]} for {@code 0 <= i < count}. */
  abstract void add(double[] x, int from, double[] lanes, int at, int count);

  private void add(Object x, int from, double[] lanes, int at, int count) {
    if (x instanceof float[] floats) {
      add(floats, from, lanes, at, count);
    } else {
      add((double[]) x, from, lanes, at, count);
    }
  }

  /** One result a slice. */
  public Tensor over(Axes axes, Tensor x, Parallel parallel) {
    return over(axes, Terms.of(x), parallel);
  }

  /** One result a slice of terms, whose shape is {@link Axes#from}. */
  public Tensor over(Axes axes, Terms terms, Parallel parallel) {
    double[] results = new double[axes.slices()];
    Arrays.fill(results, ofNone);
    if (terms.shape().size() > 0) {
      fold(axes, terms, results, parallel);
    }
    Tensor exact = Tensor.adopt(axes.kept(), results);
    return terms.type() == DataType.FLOAT64 ? exact : exact.cast(DataType.FLOAT32);
  }

  private void fold(Axes axes, Terms terms, double[] results, Parallel parallel) {
    Broadcast spread = Broadcast.of(axes.kept(), axes.from());
    if (axes.slices() == 1) {
      results[0] = whole(terms, parallel);
    } else if (spread.rowsRepeat() && spread.runs() == 2) {
      rows(terms, axes.length(), results, parallel);
    } else if (!spread.rowsRepeat() && spread.runs() <= 3) {
      columns(terms, spread, results, parallel);
    } else {
      Slices.of(axes)
          .read(
              terms.tensor(parallel),
              parallel,
              (slice, array, from, count) ->
                  results[slice] = row(Terms.reader(array), from, from + count));
    }
  }

  private double whole(Terms terms, Parallel parallel) {
    int size = terms.shape().size();
    double[] parts = new double[Chunks.number(size, Chunks.ELEMENTS)];
    Chunks.cover(
        parallel,
        size,
        (from, to) -> parts[from / Chunks.ELEMENTS] = row(terms.reader(), from, to));
    return last(parts);
  }

  private void rows(Terms terms, int length, double[] results, Parallel parallel) {
    Chunks.cover(
        parallel,
        results.length,
        Math.max(1, Chunks.ELEMENTS / length),
        (from, to) -> {
          Terms.Reader reader = terms.reader();
          for (int row = from; row < to; row++) {
            results[row] = row(reader, row * length, (row + 1) * length);
          }
        });
  }

  private double row(Terms.Reader reader, int from, int to) {
    double[] lanes = new double[Math.min(LANES, to - from)];
    Arrays.fill(lanes, ofNone);
    for (int at = from; at < to; at += Sums.TILE) {
      int count = Math.min(Sums.TILE, to - at);
      Object tile = reader.read(at, count);
      for (int done = 0; done < count; done += LANES) {
        add(tile, reader.offset() + done, lanes, 0, Math.min(LANES, count - done));
      }
    }
    return last(lanes);
  }

  private double last(double[] parts) {
    double result = ofNone;
    for (double part : parts) {
      result = of(result, part);
    }
    return result;
  }

  private void columns(Terms terms, Broadcast spread, double[] results, Parallel parallel) {
    int length = spread.rowLength();
    int repeats = spread.repeats();
    int tiles = Chunks.number(length, COLUMNS);
    int tasks = results.length / length * tiles;
    Chunks.cover(
        parallel,
        tasks,
        Math.max(1, Chunks.ELEMENTS / Math.max(1, repeats * Math.min(COLUMNS, length))),
        (from, to) -> {
          Terms.Reader reader = terms.reader();
          for (int task = from; task < to; task++) {
            int group = task / tiles;
            int column = task % tiles * COLUMNS;
            int width = Math.min(COLUMNS, length - column);
            for (int row = group * repeats; row < (group + 1) * repeats; row++) {
              Object tile = reader.read(row * length + column, width);
              add(tile, reader.offset(), results, group * length + column, width);
            }
          }
        });
  }
}
