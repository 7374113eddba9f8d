package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Tensor;

/** A view of a tensor's elements as a matrix. Immutable. */
public final class Matrix {

  private final Object array;
  private final int offset;
  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;

  private Matrix(Object array, int offset, int rows, int columns, int rowStride, int columnStride) {
    this.array = array;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /** A view in row-major order. */
  public static Matrix of(Tensor tensor, int rows, int columns) {
    return of(HeapArray.of(tensor), 0, rows, columns);
  }

  /**
   * A view in row-major order.
   *
   * @param array not modified
   * @param offset position of its first element
   */
  public static Matrix of(Object array, int offset, int rows, int columns) {
    return new Matrix(array, offset, rows, columns, columns, 1);
  }

  /** The same elements with rows and columns exchanged. */
  public Matrix transposed() {
    return new Matrix(array, offset, columns, rows, columnStride, rowStride);
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  boolean isFloat32() {
    return array instanceof float[];
  }

  /** Copies part of a row to the beginning of {@code out}. */
  void read(int row, int column, int count, float[] out) {
    float[] in = (float[]) array;
    int from = offset + row * rowStride + column * columnStride;
    if (columnStride == 1) {
      System.arraycopy(in, from, out, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        out[i] = in[from + i * columnStride];
      }
    }
  }

  /** Copies part of a row to the beginning of {@code out}. */
  void read(int row, int column, int count, double[] out) {
    double[] in = (double[]) array;
    int from = offset + row * rowStride + column * columnStride;
    if (columnStride == 1) {
      System.arraycopy(in, from, out, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        out[i] = in[from + i * columnStride];
      }
    }
  }
}
