package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import java.util.Arrays;

/** The largest or the smallest elements of columns, several rows at once. Thread-safe. */
final class ColumnExtremes {

  /** Rows at once: results are loaded and stored once for so many. */
  private static final int ROWS = 4;

  /** Columns from which on a loop of its own is worth its start. */
  private static final int WIDE = 64;

  private final boolean largest;
  private final Kernel one;
  private final Kernel many;

  ColumnExtremes(BinaryFunction function) {
    this.largest = function == BinaryFunction.MAX;
    this.one = kernel(function, 1);
    this.many = kernel(function, ROWS);
  }

  private static Kernel kernel(BinaryFunction function, int rows) {
    Expression most = Expression.operand(0);
    for (int row = 1; row <= rows; row++) {
      most = function.of(most, Expression.operand(row));
    }
    return Kernel.of(most, rows + 1);
  }

  /**
   * Folds rows into results.
   *
   * @param first index of the first element of the first row
   * @param stride from a row to the next one
   * @param at where in {@code results} the first one stands
   */
  void fold(
      Terms.Reader reader,
      DataType type,
      int first,
      int stride,
      int rows,
      int width,
      Object results,
      int at) {
    int row = 0;
    if (width < WIDE) {
      for (; row < rows; row++) {
        foldFew(reader, first + row * stride, width, results, at);
      }
    }
    int together = reader.isArray() ? ROWS : 1;
    for (; row + together <= rows; row += together) {
      fold(reader, together, type, first + row * stride, stride, width, results, at);
    }
    for (; row < rows; row++) {
      fold(reader, 1, type, first + row * stride, stride, width, results, at);
    }
  }

  private void fold(
      Terms.Reader reader,
      int rows,
      DataType type,
      int first,
      int stride,
      int width,
      Object results,
      int at) {
    Object[] operands = new Object[rows + 1];
    int[] offsets = new int[rows + 1];
    Arrays.fill(operands, reader.read(first, width));
    for (int row = 0; row < rows; row++) {
      offsets[row + 1] = reader.offset() + row * stride;
    }
    operands[0] = results;
    offsets[0] = at;
    (rows == 1 ? one : many).rows(type).run(operands, offsets, results, at, width);
  }

  private void foldFew(Terms.Reader reader, int from, int width, Object results, int at) {
    Object row = reader.read(from, width);
    for (int i = 0; i < width; i++) {
      double term = HeapArray.get(row, reader.offset() + i);
      double before = HeapArray.get(results, at + i);
      double after = largest ? Math.max(before, term) : Math.min(before, term);
      HeapArray.set(results, at + i, after);
    }
  }
}
