package dev.stride.api.internal;

import dev.stride.api.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the elements of a small row-major array are repeated in a larger one, by the rule of NumPy:
 * axes are aligned at the last one, and an axis of extent 1, or one that is missing, is repeated.
 *
 * <p>Neighbouring axes that are both repeated or both not are merged, so that runs are as long as
 * possible and the two shapes are forgotten. Immutable.
 */
public final class Repetition {

  private final int[] extents;
  private final boolean[] repeated;
  private final int[] strides;
  private final int[] sizes;

  private Repetition(int[] extents, boolean[] repeated) {
    this.extents = extents;
    this.repeated = repeated;
    this.strides = new int[extents.length];
    this.sizes = new int[extents.length + 1];
    int stride = 1;
    sizes[extents.length] = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = repeated[axis] ? 0 : stride;
      stride *= repeated[axis] ? 1 : extents[axis];
      sizes[axis] = sizes[axis + 1] * extents[axis];
    }
  }

  /** Whether one shape can be repeated to another. */
  public static boolean fits(Shape few, Shape all) {
    int missing = all.rank() - few.rank();
    for (int axis = Math.max(0, missing); axis < all.rank(); axis++) {
      int extent = few.extent(axis - missing);
      if (extent != 1 && extent != all.extent(axis)) {
        return false;
      }
    }
    return missing >= 0;
  }

  /** The repetition of one shape to another that it {@link #fits} and that is not empty. */
  public static Repetition of(Shape few, Shape all) {
    int missing = all.rank() - few.rank();
    int[] extents = new int[all.rank()];
    boolean[] repeated = new boolean[all.rank()];
    int merged = 0;
    for (int axis = 0; axis < all.rank(); axis++) {
      int extent = all.extent(axis);
      boolean repeats = axis < missing || few.extent(axis - missing) != extent;
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
    return new Repetition(Arrays.copyOf(extents, merged), Arrays.copyOf(repeated, merged));
  }

  /** Number of elements of the larger array. */
  public int size() {
    return sizes[0];
  }

  /** Position in the small array of an element of the larger one. */
  public int position(int index) {
    int rest = index;
    int position = 0;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      position += rest % extents[axis] * strides[axis];
      rest /= extents[axis];
    }
    return position;
  }

  /**
   * The shape of the small array with which it is repeated likewise to another shape of the larger
   * one; null if there is none, since an axis is repeated in part.
   */
  public @Nullable Shape few(Shape all) {
    int[] few = all.toArray();
    int axis = 0;
    for (int merged = 0; merged < extents.length; merged++) {
      for (long reached = 1; reached < extents[merged]; axis++) {
        reached *= all.extent(axis);
        few[axis] = repeated[merged] ? 1 : few[axis];
        if (reached > extents[merged]) {
          return null;
        }
      }
    }
    return Shape.of(few);
  }

  /** Writes the larger array. Both are of float or both of double. */
  public void write(Object few, Object all) {
    write(0, few, 0, all, 0);
  }

  private void write(int axis, Object few, int from, Object all, int at) {
    if (axis == extents.length) {
      System.arraycopy(few, from, all, at, 1);
    } else if (repeated[axis]) {
      write(axis + 1, few, from, all, at);
      multiply(all, at, sizes[axis + 1], sizes[axis]);
    } else if (axis == extents.length - 1) {
      System.arraycopy(few, from, all, at, extents[axis]);
    } else {
      for (int i = 0; i < extents[axis]; i++) {
        write(axis + 1, few, from + i * strides[axis], all, at + i * sizes[axis + 1]);
      }
    }
  }

  /** Repeats the first elements of a range throughout it. */
  private static void multiply(Object all, int at, int first, int count) {
    if (first == 1) {
      fill(all, at, at + count);
      return;
    }
    for (int done = first; done < count; ) {
      int more = Math.min(done, count - done);
      System.arraycopy(all, at, all, at + done, more);
      done += more;
    }
  }

  private static void fill(Object all, int from, int to) {
    if (all instanceof float[] floats) {
      Arrays.fill(floats, from, to, floats[from]);
    } else {
      double[] doubles = (double[]) all;
      Arrays.fill(doubles, from, to, doubles[from]);
    }
  }

  /** Adds the larger array, which is not written for that. Both are of float or both of double. */
  public void add(Object few, Object sum) {
    add(0, few, 0, sum, 0);
  }

  private void add(int axis, Object few, int from, Object sum, int at) {
    if (axis >= extents.length - 1) {
      boolean isOne = axis == extents.length;
      addRun(few, from, isOne ? 0 : strides[axis], sum, at, isOne ? 1 : extents[axis]);
    } else {
      for (int i = 0; i < extents[axis]; i++) {
        add(axis + 1, few, from + i * strides[axis], sum, at + i * sizes[axis + 1]);
      }
    }
  }

  private static void addRun(Object few, int from, int stride, Object sum, int at, int count) {
    if (sum instanceof float[] floats) {
      addRun((float[]) few, from, stride, floats, at, count);
    } else {
      addRun((double[]) few, from, stride, (double[]) sum, at, count);
    }
  }

  private static void addRun(float[] few, int from, int stride, float[] sum, int at, int count) {
    if (stride == 0) {
      float term = few[from];
      for (int i = at; i < at + count; i++) {
        sum[i] += term;
      }
    } else {
      for (int i = 0; i < count; i++) {
        sum[at + i] += few[from + i];
      }
    }
  }

  private static void addRun(double[] few, int from, int stride, double[] sum, int at, int count) {
    if (stride == 0) {
      double term = few[from];
      for (int i = at; i < at + count; i++) {
        sum[i] += term;
      }
    } else {
      for (int i = 0; i < count; i++) {
        sum[at + i] += few[from + i];
      }
    }
  }
}
