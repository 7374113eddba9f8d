package dev.stride.ops.std.internal.space;

import dev.stride.api.Shape;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.space.AxisSum.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the terms of an {@link AxisSum} come from if rows near the edges have the weights of all
 * others, less those of neighbours beyond the edge: as if zeros stood there.
 *
 * <p>Whole lines then take one loop. Neighbours in other lines are those lines, or a line of zeros;
 * neighbours in the same line are read from a copy of it between zeros. Immutable.
 */
final class ZeroEdges {

  /** Points of a line that is worth copying. */
  private static final int LONGEST = 1 << 13;

  private final Shape shape;
  private final List<Part> parts;
  private final int[] distances;
  private final int[] part;
  private final int[] step;
  private final int reach;
  private final int own;

  private ZeroEdges(Shape shape, List<Part> parts, int[] distances, int[] part, int[] step) {
    this.shape = shape;
    this.parts = parts;
    this.distances = distances;
    this.part = part;
    this.step = step;
    int most = 0;
    int base = 0;
    for (int t = 0; t < part.length; t++) {
      if (part[t] >= 0 && isAlong(parts.get(part[t]), shape)) {
        most = Math.max(most, Math.abs(step[t]));
        base = parts.get(part[t]).base();
      }
    }
    this.reach = most;
    this.own = base;
  }

  private static boolean isAlong(Part part, Shape shape) {
    return part.axis() == shape.rank() - 1;
  }

  /**
   * The places of the terms; null where edges are not of this kind, or terms of several neighbours
   * are one.
   *
   * @param distances of the terms from the point that they are added to. Not modified.
   */
  static @Nullable ZeroEdges of(Shape shape, List<Part> parts, int[] distances) {
    if (shape.rank() == 0 || shape.extent(-1) > LONGEST) {
      return null;
    }
    int[] part = new int[distances.length];
    int[] step = new int[distances.length];
    java.util.Arrays.fill(part, -2);
    for (int p = 0; p < parts.size(); p++) {
      AxisMatrix matrix = parts.get(p).matrix();
      if (!isCut(matrix)) {
        return null;
      }
      int middle = matrix.rows() / 2;
      for (int k = matrix.starts()[middle]; k < matrix.starts()[middle + 1]; k++) {
        int offset = matrix.column()[k] - middle;
        int stride = Shapes.inner(shape, parts.get(p).axis());
        int term = find(distances, parts.get(p).base() + offset * stride);
        boolean isTaken = part[term] != -2 && (offset != 0 || part[term] != -1);
        if (isTaken) {
          return null;
        }
        part[term] = offset == 0 ? -1 : p;
        step[term] = offset;
      }
    }
    return new ZeroEdges(shape, parts, distances, part, step);
  }

  private static int find(int[] distances, int distance) {
    for (int t = 0; t < distances.length; t++) {
      if (distances[t] == distance) {
        return t;
      }
    }
    throw new AssertionError("no term at the distance " + distance);
  }

  /** Whether all rows are the middle one, less what lies beyond the edges. */
  private static boolean isCut(AxisMatrix matrix) {
    int middle = matrix.rows() / 2;
    int from = matrix.starts()[middle];
    int to = matrix.starts()[middle + 1];
    for (int row = 0; row < matrix.rows(); row++) {
      int at = matrix.starts()[row];
      for (int k = from; k < to; k++) {
        int column = matrix.column()[k] - middle + row;
        if (column >= 0 && column < matrix.columns()) {
          boolean same =
              at < matrix.starts()[row + 1]
                  && matrix.column()[at] == column
                  && matrix.weight()[at] == matrix.weight()[k];
          if (!same) {
            return false;
          }
          at++;
        }
      }
      if (at != matrix.starts()[row + 1]) {
        return false;
      }
    }
    return true;
  }

  /** The lines that the work of one chunk needs. Not safe for concurrent use. */
  final class Lines {

    private final Object in;
    private final Object zeros;
    private final Object copy;

    Lines(Object in) {
      int length = shape.extent(-1);
      var type =
          in instanceof float[] ? dev.stride.api.DataType.FLOAT32 : dev.stride.api.DataType.FLOAT64;
      this.in = in;
      this.zeros = HeapArray.zeros(type, length);
      this.copy = HeapArray.zeros(type, length + 2 * reach);
    }

    /**
     * Finds the terms of a line.
     *
     * @param start position of its first point
     * @param index of the line along each axis
     * @param operands where each term is read. Overwritten.
     * @param offsets where each term begins there. Overwritten.
     */
    void find(int start, int[] index, Object[] operands, int[] offsets) {
      System.arraycopy(in, own + start, copy, reach, shape.extent(-1));
      for (int t = 0; t < part.length; t++) {
        Part of = part[t] < 0 ? null : parts.get(part[t]);
        if (of != null && isAlong(of, shape)) {
          operands[t] = copy;
          offsets[t] = reach + step[t];
        } else if (of == null || isInside(index[of.axis()] + step[t], of)) {
          operands[t] = in;
          offsets[t] = start + distances[t];
        } else {
          operands[t] = zeros;
          offsets[t] = 0;
        }
      }
    }

    private boolean isInside(int row, Part of) {
      return row >= 0 && row < shape.extent(of.axis());
    }
  }
}
