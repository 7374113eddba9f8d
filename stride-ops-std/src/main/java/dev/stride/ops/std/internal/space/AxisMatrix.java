package dev.stride.ops.std.internal.space;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A sparse matrix that acts along one axis of a tensor: a few weights a row. Immutable.
 *
 * @param columns extent of the axis that it acts on
 * @param starts place of the first weight of each row, and behind the last
 * @param column which element each weight belongs to, rising within a row
 * @param weight the weights
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, and nobody writes to them
record AxisMatrix(int columns, int[] starts, int[] column, double[] weight) {

  /** The weights of a row, added up where they meet at one element. */
  static final class Row {

    private final TreeMap<Integer, Double> entries = new TreeMap<>();

    Row add(int column, double weight) {
      entries.merge(column, weight, Double::sum);
      return this;
    }
  }

  /** A matrix of these rows. */
  static AxisMatrix of(int rows, int columns, IntFunction<Row> row) {
    int[] starts = new int[rows + 1];
    int[] column = new int[rows];
    double[] weight = new double[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      for (var entry : row.apply(i).entries.entrySet()) {
        if (entry.getValue() == 0) {
          continue;
        }
        if (count == column.length) {
          column = Arrays.copyOf(column, 2 * count + 1);
          weight = Arrays.copyOf(weight, 2 * count + 1);
        }
        column[count] = entry.getKey();
        weight[count++] = entry.getValue();
      }
      starts[i + 1] = count;
    }
    return new AxisMatrix(
        columns, starts, Arrays.copyOf(column, count), Arrays.copyOf(weight, count));
  }

  /**
   * A square matrix whose rows are all alike but near the edges.
   *
   * @param weights of a row, from {@code reach} elements before its own on. Not modified.
   * @param edge a row whose weights do not all fit between the edges
   */
  static AxisMatrix banded(int extent, double[] weights, int reach, IntFunction<Row> edge) {
    double[] kept = Arrays.stream(weights).filter(w -> w != 0).toArray();
    int[] offsets =
        IntStream.range(0, weights.length)
            .filter(k -> weights[k] != 0)
            .map(k -> k - reach)
            .toArray();
    int first = Math.min(reach, extent);
    int last = Math.max(first, extent - weights.length + reach + 1);
    AxisMatrix before = of(first, extent, edge);
    AxisMatrix behind = of(extent - last, extent, i -> edge.apply(last + i));
    int inner = (last - first) * kept.length;
    int[] column =
        Arrays.copyOf(before.column, before.column.length + inner + behind.column.length);
    double[] weight = Arrays.copyOf(before.weight, column.length);
    int[] starts = Arrays.copyOf(before.starts, extent + 1);
    int at = before.column.length;
    for (int i = first; i < last; i++) {
      for (int k = 0; k < kept.length; k++) {
        column[at] = i + offsets[k];
        weight[at++] = kept[k];
      }
      starts[i + 1] = at;
    }
    System.arraycopy(behind.column, 0, column, at, behind.column.length);
    System.arraycopy(behind.weight, 0, weight, at, behind.weight.length);
    for (int i = last; i < extent; i++) {
      starts[i + 1] = at + behind.starts[i - last + 1];
    }
    return new AxisMatrix(extent, starts, column, weight);
  }

  /** Number of rows: extent of the axis of the result. */
  int rows() {
    return starts.length - 1;
  }

  /** The transpose; weights of a row are in the order of the rows that they come from. */
  AxisMatrix transposed() {
    int[] start = new int[columns + 1];
    for (int c : column) {
      start[c + 1]++;
    }
    for (int c = 0; c < columns; c++) {
      start[c + 1] += start[c];
    }
    int[] next = start.clone();
    int[] rowOf = new int[column.length];
    double[] moved = new double[column.length];
    for (int row = 0; row < rows(); row++) {
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        int to = next[column[k]]++;
        rowOf[to] = row;
        moved[to] = weight[k];
      }
    }
    return new AxisMatrix(rows(), start, rowOf, moved);
  }

  /** Every weight times a number. */
  AxisMatrix times(double factor) {
    return new AxisMatrix(
        columns, starts, column, Arrays.stream(weight).map(w -> w * factor).toArray());
  }

  /** Whether two rows have the same weights at the same distances. */
  boolean alike(int row, int other) {
    int count = starts[row + 1] - starts[row];
    if (count != starts[other + 1] - starts[other]) {
      return false;
    }
    for (int k = 0; k < count; k++) {
      int here = starts[row] + k;
      int there = starts[other] + k;
      if (column[here] - row != column[there] - other || weight[here] != weight[there]) {
        return false;
      }
    }
    return true;
  }
}
