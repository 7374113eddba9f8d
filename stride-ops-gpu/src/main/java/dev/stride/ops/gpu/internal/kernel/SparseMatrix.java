package dev.stride.ops.gpu.internal.kernel;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A sparse matrix that acts along one axis of a tensor: a few weights a row. Immutable.
 *
 * @param columns extent of the axis that it acts on
 * @param starts place of the first weight of each row, and behind the last. Not modified.
 * @param column which element each weight belongs to. Not modified.
 * @param weight the weights; null: all are 1. Not modified.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody writes to them
public record SparseMatrix(int columns, int[] starts, int[] column, double @Nullable [] weight) {

  /** The weights of a row, added up where they meet at one element. */
  public static final class Row {

    private final TreeMap<Integer, Double> entries = new TreeMap<>();

    /** Adds a weight. */
    public Row add(int column, double weight) {
      entries.merge(column, weight, Double::sum);
      return this;
    }
  }

  /** A matrix of these rows. */
  public static SparseMatrix of(int rows, int columns, IntFunction<Row> row) {
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
    return new SparseMatrix(
        columns, starts, Arrays.copyOf(column, count), Arrays.copyOf(weight, count));
  }

  /**
   * The matrix that picks one element a row.
   *
   * @param indices of the elements. Not modified.
   */
  public static SparseMatrix picking(int columns, int... indices) {
    int[] starts = new int[indices.length + 1];
    Arrays.setAll(starts, row -> row);
    return new SparseMatrix(columns, starts, indices, null);
  }

  /**
   * The matrix that multiplies each element by a weight of its own; weights of 0 pass what is not
   * finite.
   *
   * @param weights Not modified.
   */
  public static SparseMatrix diagonal(double... weights) {
    int[] starts = new int[weights.length + 1];
    Arrays.setAll(starts, row -> row);
    return new SparseMatrix(weights.length, starts, Arrays.copyOf(starts, weights.length), weights);
  }

  /** Number of rows: extent of the axis of the result. */
  public int rows() {
    return starts.length - 1;
  }

  /** The transpose; weights of a row are in the order of the rows that they come from. */
  public SparseMatrix transposed() {
    int[] start = new int[columns + 1];
    for (int c : column) {
      start[c + 1]++;
    }
    for (int c = 0; c < columns; c++) {
      start[c + 1] += start[c];
    }
    int[] next = start.clone();
    int[] rowOf = new int[column.length];
    double[] moved = new double[weight == null ? 0 : weight.length];
    for (int row = 0; row < rows(); row++) {
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        int to = next[column[k]]++;
        rowOf[to] = row;
        if (weight != null) {
          moved[to] = weight[k];
        }
      }
    }
    return new SparseMatrix(rows(), start, rowOf, weight == null ? null : moved);
  }

  /** Every weight times a number. */
  public SparseMatrix times(double factor) {
    double[] scaled = new double[column.length];
    Arrays.setAll(scaled, k -> weight == null ? factor : weight[k] * factor);
    return new SparseMatrix(columns, starts, column, scaled);
  }

  /** Bytes of its numbers. */
  public long bytes() {
    return (long) Integer.BYTES * (starts.length + column.length)
        + (weight == null ? 0 : (long) Double.BYTES * weight.length);
  }
}
