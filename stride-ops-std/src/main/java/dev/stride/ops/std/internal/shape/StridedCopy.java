package dev.stride.ops.std.internal.shape;

import dev.stride.api.Parallel;
import dev.stride.ops.std.internal.kernel.Chunks;
import java.util.Arrays;

/**
 * Copies elements between two arrays that are walked at strides of their own.
 *
 * <p>Axes along which both arrays run on are merged, so that rows are as long as possible. The last
 * two axes are walked in small squares: a transposition reads one array and writes the other a
 * cache line at a time.
 */
final class StridedCopy {

  private static final int SQUARE = 32;

  private final int[] extents;
  private final int fromOffset;
  private final int[] from;
  private final int toOffset;
  private final int[] to;

  private StridedCopy(int[] extents, int fromOffset, int[] from, int toOffset, int[] to) {
    this.extents = extents;
    this.fromOffset = fromOffset;
    this.from = from;
    this.toOffset = toOffset;
    this.to = to;
  }

  /**
   * A copy of a box of elements.
   *
   * @param extents of the box
   * @param fromOffset position of its first element in the array that is read
   * @param from strides in the array that is read
   * @param toOffset position of its first element in the array that is written
   * @param to strides in the array that is written
   */
  static StridedCopy of(int[] extents, int fromOffset, int[] from, int toOffset, int[] to) {
    int axes = 0;
    int[] merged = new int[Math.max(2, extents.length)];
    int[] read = merged.clone();
    int[] write = merged.clone();
    for (int axis = 0; axis < extents.length; axis++) {
      int extent = extents[axis];
      if (extent == 1) {
        continue;
      }
      boolean runsOn =
          axes > 0 && read[axes - 1] == from[axis] * extent && write[axes - 1] == to[axis] * extent;
      int at = runsOn ? axes - 1 : axes++;
      merged[at] = runsOn ? merged[at] * extent : extent;
      read[at] = from[axis];
      write[at] = to[axis];
    }
    while (axes < 2) {
      System.arraycopy(merged, 0, merged, 1, axes);
      System.arraycopy(read, 0, read, 1, axes);
      System.arraycopy(write, 0, write, 1, axes);
      merged[0] = 1;
      axes++;
    }
    return new StridedCopy(
        Arrays.copyOf(merged, axes),
        fromOffset,
        Arrays.copyOf(read, axes),
        toOffset,
        Arrays.copyOf(write, axes));
  }

  /** The copy in the other direction. */
  StridedCopy reversed() {
    return new StridedCopy(extents, toOffset, to, fromOffset, from);
  }

  /** Copies; both arrays of one type, {@code target} overwritten where the box is. */
  void run(Object source, Object target, Parallel parallel) {
    int rows = extents[extents.length - 2];
    int row = extents[extents.length - 1];
    int bands = (rows + SQUARE - 1) / SQUARE;
    int boxes = 1;
    for (int axis = 0; axis < extents.length - 2; axis++) {
      boxes *= extents[axis];
    }
    if (rows == 0 || row == 0 || boxes == 0) {
      return;
    }
    int together = Math.max(1, Chunks.ELEMENTS / Math.max(1, Math.min(rows, SQUARE) * row));
    Chunks.cover(
        parallel,
        boxes * bands,
        together,
        (first, last) -> {
          for (int i = first; i < last; i++) {
            band(source, target, i / bands, i % bands * SQUARE);
          }
        });
  }

  private void band(Object source, Object target, int box, int firstRow) {
    int axes = extents.length;
    int read = fromOffset + firstRow * from[axes - 2];
    int write = toOffset + firstRow * to[axes - 2];
    int rest = box;
    for (int axis = axes - 3; axis >= 0; axis--) {
      int index = rest % extents[axis];
      rest /= extents[axis];
      read += index * from[axis];
      write += index * to[axis];
    }
    int rows = Math.min(SQUARE, extents[axes - 2] - firstRow);
    if (from[axes - 1] == 1 && to[axes - 1] == 1) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(
            source, read + i * from[axes - 2], target, write + i * to[axes - 2], extents[axes - 1]);
      }
      return;
    }
    for (int column = 0; column < extents[axes - 1]; column += SQUARE) {
      int columns = Math.min(SQUARE, extents[axes - 1] - column);
      int readAt = read + column * from[axes - 1];
      int writeAt = write + column * to[axes - 1];
      if (source instanceof float[] floats) {
        square(floats, readAt, (float[]) target, writeAt, rows, columns);
      } else {
        square((double[]) source, readAt, (double[]) target, writeAt, rows, columns);
      }
    }
  }

  private void square(float[] source, int read, float[] target, int write, int rows, int columns) {
    int last = extents.length - 1;
    for (int i = 0; i < rows; i++) {
      int r = read + i * from[last - 1];
      int w = write + i * to[last - 1];
      for (int j = 0; j < columns; j++) {
        target[w + j * to[last]] = source[r + j * from[last]];
      }
    }
  }

  private void square(
      double[] source, int read, double[] target, int write, int rows, int columns) {
    int last = extents.length - 1;
    for (int i = 0; i < rows; i++) {
      int r = read + i * from[last - 1];
      int w = write + i * to[last - 1];
      for (int j = 0; j < columns; j++) {
        target[w + j * to[last]] = source[r + j * from[last]];
      }
    }
  }
}
