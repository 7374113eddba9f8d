package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reductions over axes other than sums. The order of terms depends on shapes alone.
 *
 * <p>All results have the shape {@link Axes#kept}.
 */
@SuppressWarnings("ImmutableEnumChecker") // kernels are immutable but for what they have compiled
public enum Folds {
  /** The largest element; NaN if any is. -Infinity of none. */
  MAX(Double.NEGATIVE_INFINITY, new ColumnExtremes(BinaryFunction.MAX)),
  /** The smallest element; NaN if any is. Infinity of none. */
  MIN(Double.POSITIVE_INFINITY, new ColumnExtremes(BinaryFunction.MIN)),
  /** The product in float64; 1 of none. */
  PRODUCT(1, null);

  /** Results of a row side by side, so that loops over them become vector code. */
  private static final int LANES = 64;

  /** Columns that are folded at once: their results stay in the first-level cache. */
  private static final int COLUMNS = 512;

  private final double ofNone;
  private final @Nullable ColumnExtremes columns;

  Folds(double ofNone, @Nullable ColumnExtremes columns) {
    this.ofNone = ofNone;
    this.columns = columns;
  }

  /** One result a slice. */
  public Tensor over(Axes axes, Tensor x, Parallel parallel) {
    return over(axes, Terms.of(x), parallel);
  }

  /** One result a slice of terms, whose shape is {@link Axes#from}. */
  public Tensor over(Axes axes, Terms terms, Parallel parallel) {
    DataType type = this == PRODUCT ? DataType.FLOAT64 : terms.type();
    Object results = HeapArray.filled(type, axes.slices(), ofNone);
    if (terms.shape().size() > 0) {
      fold(axes, terms, results, parallel);
    }
    Tensor exact = HeapArray.adopt(axes.kept(), results);
    return type == terms.type() ? exact : exact.cast(terms.type());
  }

  private void fold(Axes axes, Terms terms, Object results, Parallel parallel) {
    Broadcast spread = Broadcast.of(axes.kept(), axes.from());
    if (axes.slices() == 1) {
      HeapArray.set(results, 0, whole(terms, parallel));
    } else if (spread.rowsRepeat() && spread.runs() == 2) {
      rows(terms, axes.length(), results, parallel);
    } else if (!spread.rowsRepeat() && spread.runs() <= 3) {
      columns(terms, spread, results, parallel);
    } else {
      Slices.of(axes)
          .read(
              terms.tensor(parallel),
              parallel,
              (slice, array, from, count) -> {
                Terms.Runs runs = runs(Terms.reader(array), terms.type());
                HeapArray.set(results, slice, runs.of(from, from + count));
              });
    }
  }

  private double whole(Terms terms, Parallel parallel) {
    return last(
        Chunks.parts(
            parallel,
            terms.shape().size(),
            (from, to) -> runs(terms.reader(), terms.type()).of(from, to)));
  }

  private void rows(Terms terms, int length, Object results, Parallel parallel) {
    Chunks.cover(
        parallel,
        terms.shape().size() / length,
        Math.max(1, Chunks.ELEMENTS / length),
        (from, to) -> {
          Terms.Runs runs = runs(terms.reader(), terms.type());
          for (int row = from; row < to; row++) {
            HeapArray.set(results, row, runs.of(row * length, (row + 1) * length));
          }
        });
  }

  /** Results of runs, for the thread of a reader. */
  private Terms.Runs runs(Terms.Reader reader, DataType type) {
    return this != PRODUCT && type == DataType.FLOAT32
        ? extremes(reader)
        : (from, to) -> folded(reader, from, to);
  }

  private Terms.Runs extremes(Terms.Reader reader) {
    Extremes extremes = new Extremes();
    return (from, to) -> {
      extremes.clear();
      for (int at = from; at < to; at += Sums.TILE) {
        int count = Math.min(Sums.TILE, to - at);
        extremes.add((float[]) reader.read(at, count), reader.offset(), count);
      }
      return this == MAX ? extremes.most() : extremes.least();
    };
  }

  private double folded(Terms.Reader reader, int from, int to) {
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
      result =
          switch (this) {
            case MAX -> Math.max(result, part);
            case MIN -> Math.min(result, part);
            case PRODUCT -> result * part;
          };
    }
    return result;
  }

  private void columns(Terms terms, Broadcast spread, Object results, Parallel parallel) {
    int length = spread.rowLength();
    int repeats = spread.repeats();
    int tiles = Chunks.number(length, COLUMNS);
    int tasks = terms.shape().size() / repeats / length * tiles;
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
            int first = group * repeats * length + column;
            int at = group * length + column;
            if (columns != null) {
              columns.fold(reader, terms.type(), first, length, repeats, width, results, at);
            } else {
              multiply(reader, first, length, repeats, width, (double[]) results, at);
            }
          }
        });
  }

  private void multiply(
      Terms.Reader reader, int first, int stride, int rows, int width, double[] results, int at) {
    for (int row = 0; row < rows; row++) {
      Object tile = reader.read(first + row * stride, width);
      add(tile, reader.offset(), results, at, width);
    }
  }

  /**
   * Folds {@code x[from + i]} into {@code lanes[at + i]} for {@code 0 <= i < count}.
   *
   * @param x float32 elements for products only
   */
  private void add(Object x, int from, double[] lanes, int at, int count) {
    if (x instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        lanes[at + i] *= floats[from + i];
      }
      return;
    }
    double[] doubles = (double[]) x;
    switch (this) {
      case MAX -> {
        for (int i = 0; i < count; i++) {
          lanes[at + i] = Math.max(lanes[at + i], doubles[from + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < count; i++) {
          lanes[at + i] = Math.min(lanes[at + i], doubles[from + i]);
        }
      }
      case PRODUCT -> {
        for (int i = 0; i < count; i++) {
          lanes[at + i] *= doubles[from + i];
        }
      }
    }
  }
}
