package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;

/**
 * Sums over the axes along which one shape is repeated in another: of rows where the last axis is
 * summed, of columns where it remains.
 *
 * <p>float64 accumulators over blocks of fixed size, and compensated sums of blocks: the order
 * depends on shapes alone. Where more than one run of axes is summed, rows or columns are summed
 * first and their float64 sums added up compensated.
 */
final class AxisSums {

  /** Rows of a block of columns: few enough that plain float64 sums lose next to nothing. */
  private static final int ROWS = 256;

  /** Columns that are summed at once: their accumulators stay in the first-level cache. */
  private static final int COLUMNS = 1024;

  private AxisSums() {}

  /**
   * The sums.
   *
   * @param shape one that the terms' is a repetition of, of more than one element
   */
  static double[] of(Addition what, Terms terms, Shape shape, Parallel parallel) {
    if (terms.shape().size() == 0) {
      return new double[shape.size()];
    }
    Broadcast spread = Broadcast.of(shape, terms.shape());
    return spread.rowsRepeat()
        ? rows(what, terms, shape, spread, parallel)
        : columns(what, terms, shape, spread, parallel);
  }

  /** Sums in the type of the elements, rounded once. */
  static Object rounded(double[] sums, DataType type) {
    if (type == DataType.FLOAT64) {
      return sums;
    }
    float[] rounded = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      rounded[i] = (float) sums[i];
    }
    return rounded;
  }

  private static double[] rows(
      Addition what, Terms terms, Shape shape, Broadcast spread, Parallel parallel) {
    int length = spread.rowLength();
    int count = terms.shape().size() / length;
    double[] sums = new double[count];
    Chunks.cover(
        parallel,
        count,
        Math.max(1, Chunks.ELEMENTS / length),
        (from, to) -> {
          Terms.Runs runs = terms.reader().sums(what);
          for (int row = from; row < to; row++) {
            sums[row] = runs.of(row * length, (row + 1) * length);
          }
        });
    return count == shape.size()
        ? sums
        : added(sums, 1, shape, row -> spread.position(row * length));
  }

  /** Where the sums of a run belong. */
  @FunctionalInterface
  private interface Place {
    int of(int run);
  }

  private static double[] added(double[] parts, int length, Shape shape, Place place) {
    CompensatedSums sums = new CompensatedSums(shape.size());
    for (int run = 0; run * length < parts.length; run++) {
      sums.add(parts, run * length, place.of(run), length);
    }
    return sums.values();
  }

  private static double[] columns(
      Addition what, Terms terms, Shape shape, Broadcast spread, Parallel parallel) {
    int length = spread.rowLength();
    int rows = terms.shape().size() / length;
    int repeats = Math.max(1, spread.repeats());
    int groups = rows / repeats;
    int blocks = Chunks.number(repeats, ROWS);
    int tiles = Chunks.number(length, COLUMNS);
    double[] parts = new double[groups * blocks * length];
    int tasks = groups * blocks * tiles;
    Chunks.cover(
        parallel,
        tasks,
        Math.max(1, Chunks.ELEMENTS / (Math.min(ROWS, repeats) * Math.min(COLUMNS, length))),
        (from, to) -> {
          Terms.Reader reader = terms.reader();
          for (int task = from; task < to; task++) {
            int block = task / tiles;
            int column = task % tiles * COLUMNS;
            int first = block / blocks * repeats + block % blocks * ROWS;
            int last = Math.min(first + ROWS, (block / blocks + 1) * repeats);
            int width = Math.min(COLUMNS, length - column);
            for (int row = first; row < last; row++) {
              Object tile = reader.read(row * length + column, width);
              add(what, tile, reader.offset(), parts, block * length + column, width);
            }
          }
        });
    return blocks == 1 && groups * length == shape.size()
        ? parts
        : added(parts, length, shape, run -> spread.position(run / blocks * repeats * length));
  }

  private static void add(Addition what, Object x, int from, double[] sums, int at, int count) {
    if (what == Addition.SQUARES) {
      addSquares(x, from, sums, at, count);
    } else if (x instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        sums[at + i] += floats[from + i];
      }
    } else {
      double[] doubles = (double[]) x;
      for (int i = 0; i < count; i++) {
        sums[at + i] += doubles[from + i];
      }
    }
  }

  private static void addSquares(Object x, int from, double[] sums, int at, int count) {
    if (x instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        double term = floats[from + i];
        sums[at + i] += term * term;
      }
    } else {
      double[] doubles = (double[]) x;
      for (int i = 0; i < count; i++) {
        double term = doubles[from + i];
        sums[at + i] += term * term;
      }
    }
  }
}
