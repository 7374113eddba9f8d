package dev.stride.ops.std.internal.space;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;
import java.util.Arrays;

/**
 * A matrix that acts along one axis of a tensor; the extent of that axis becomes the number of its
 * rows. Sums in float64.
 */
final class AlongAxis {

  /** Elements of a chunk. */
  private static final int CHUNK = 1 << 14;

  /** Elements of a line that are summed up at a time, so that the sums stay in the cache. */
  private static final int TILE = 1 << 10;

  private final AxisMatrix matrix;
  private final int extent;
  private final int inner;
  private final Object in;
  private final Object out;

  private AlongAxis(AxisMatrix matrix, int inner, Object in, Object out) {
    this.matrix = matrix;
    this.extent = matrix.columns();
    this.inner = inner;
    this.in = in;
    this.out = out;
  }

  /** The product; {@code x} has as many elements along the axis as the matrix has columns. */
  static Tensor apply(AxisMatrix matrix, Tensor x, int axis, Parallel parallel) {
    Shape shape = Shapes.with(x.shape(), axis, matrix.rows());
    Object out = HeapArray.zeros(x.dataType(), shape.size());
    int inner = Shapes.inner(shape, axis);
    if (shape.size() > 0 && x.size() > 0) {
      AlongAxis work = new AlongAxis(matrix, inner, HeapArray.of(x), out);
      int lines = shape.size() / inner;
      Chunks.cover(parallel, lines, Math.max(1, CHUNK / inner), work::lines);
    }
    return HeapArray.adopt(shape, out);
  }

  private void lines(int from, int to) {
    double[] sums = inner == 1 ? new double[0] : new double[Math.min(TILE, inner)];
    for (int line = from; line < to; line++) {
      int row = line % matrix.rows();
      int block = line / matrix.rows() * extent;
      if (inner == 1) {
        single(row, block, line);
      } else if (isCopy(row)) {
        int source = block + matrix.column()[matrix.starts()[row]];
        System.arraycopy(in, source * inner, out, line * inner, inner);
      } else {
        line(row, block, line, sums);
      }
    }
  }

  private boolean isCopy(int row) {
    int start = matrix.starts()[row];
    return matrix.starts()[row + 1] == start + 1 && matrix.weight()[start] == 1;
  }

  private void single(int row, int block, int at) {
    double sum = 0;
    int end = matrix.starts()[row + 1];
    if (in instanceof float[] floats) {
      for (int k = matrix.starts()[row]; k < end; k++) {
        sum += matrix.weight()[k] * floats[block + matrix.column()[k]];
      }
    } else {
      double[] doubles = (double[]) in;
      for (int k = matrix.starts()[row]; k < end; k++) {
        sum += matrix.weight()[k] * doubles[block + matrix.column()[k]];
      }
    }
    HeapArray.set(out, at, sum);
  }

  private void line(int row, int block, int line, double[] sums) {
    for (int tile = 0; tile < inner; tile += TILE) {
      int count = Math.min(TILE, inner - tile);
      Arrays.fill(sums, 0, count, 0);
      for (int k = matrix.starts()[row]; k < matrix.starts()[row + 1]; k++) {
        int from = (block + matrix.column()[k]) * inner + tile;
        add(matrix.weight()[k], in, from, sums, count);
      }
      store(sums, count, out, line * inner + tile);
    }
  }

  private static void add(double weight, Object in, int from, double[] sums, int count) {
    if (in instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        sums[i] += weight * floats[from + i];
      }
    } else {
      double[] doubles = (double[]) in;
      for (int i = 0; i < count; i++) {
        sums[i] += weight * doubles[from + i];
      }
    }
  }

  private static void store(double[] sums, int count, Object out, int at) {
    if (out instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        floats[at + i] = (float) sums[i];
      }
    } else {
      System.arraycopy(sums, 0, out, at, count);
    }
  }
}
