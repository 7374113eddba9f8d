package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Shape;
import java.util.Arrays;

/**
 * How the elements of one operand spread over a larger shape, by the rule of NumPy: axes are
 * aligned at the last one, and an axis of extent 1, or one that is missing, is repeated.
 *
 * <p>Neighbouring axes that are both repeated or both not are merged, so that rows are as long as
 * possible.
 */
final class Broadcast {

  private final int[] extents;
  private final boolean[] repeated;
  private final int[] strides;

  private Broadcast(int[] extents, boolean[] repeated) {
    this.extents = extents;
    this.repeated = repeated;
    this.strides = new int[extents.length];
    int stride = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = repeated[axis] ? 0 : stride;
      stride *= repeated[axis] ? 1 : extents[axis];
    }
  }

  /** The spreading of {@code operand} over {@code target}, which it must fit. */
  static Broadcast of(Shape operand, Shape target) {
    int missing = target.rank() - operand.rank();
    int[] extents = new int[target.rank()];
    boolean[] repeated = new boolean[target.rank()];
    int merged = 0;
    for (int axis = 0; axis < target.rank(); axis++) {
      int extent = target.extent(axis);
      boolean repeats = axis < missing || operand.extent(axis - missing) != extent;
      if (extent == 1) {
        continue;
      }
      if (merged > 0 && repeated[merged - 1] == repeats) {
        extents[merged - 1] *= extent;
      } else {
        extents[merged] = extent;
        repeated[merged++] = repeats;
      }
    }
    return new Broadcast(Arrays.copyOf(extents, merged), Arrays.copyOf(repeated, merged));
  }

  /** Whether nothing is repeated. */
  boolean isIdentity() {
    return extents.length == 0 || (extents.length == 1 && !repeated[0]);
  }

  /** Whether a single element is repeated everywhere. */
  boolean isConstant() {
    return extents.length == 1 && repeated[0];
  }

  /** Whether the rows are repeated elements, as opposed to runs of the operand. */
  boolean rowsRepeat() {
    return repeated.length > 0 && repeated[repeated.length - 1];
  }

  /** Length of a row: of the part of the target in which this operand runs, or stands still. */
  int rowLength() {
    return extents.length == 0 ? 1 : extents[extents.length - 1];
  }

  /** Number of axes that are left when neighbours have been merged. */
  int runs() {
    return extents.length;
  }

  /** How often in a row the same run of the operand follows itself; 1 where rows repeat. */
  int repeats() {
    return extents.length > 1 && !rowsRepeat() ? extents[extents.length - 2] : 1;
  }

  /** Position in the operand of an element of the target. */
  int position(int target) {
    int rest = target;
    int position = 0;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      position += rest % extents[axis] * strides[axis];
      rest /= extents[axis];
    }
    return position;
  }

  /** Writes what stands at {@code [start, start + count)} of the target to {@code out[at...]}. */
  void read(Object operand, int start, int count, Object out, int at) {
    int row = rowLength();
    int done = 0;
    while (done < count) {
      int within = (start + done) % row;
      int length = Math.min(row - within, count - done);
      int from = position(start + done);
      if (rowsRepeat()) {
        fill(operand, from, out, at + done, length);
      } else {
        System.arraycopy(operand, from, out, at + done, length);
      }
      done += length;
    }
  }

  private static void fill(Object operand, int from, Object out, int at, int length) {
    if (operand instanceof float[] floats) {
      Arrays.fill((float[]) out, at, at + length, floats[from]);
    } else {
      Arrays.fill((double[]) out, at, at + length, ((double[]) operand)[from]);
    }
  }
}
