package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * The runs of elements that a reduction makes one result of each, gathered where they are not
 * neighbours. Needs, for each thread, room for one slice; and the places of its elements.
 */
final class Slices {

  private final Axes axes;
  private final int length;
  private final int[] bases;
  private final int[] inner;

  private Slices(Axes axes) {
    this.axes = axes;
    this.length = axes.length();
    boolean[] removed = new boolean[axes.from().rank()];
    for (int axis = 0; axis < removed.length; axis++) {
      removed[axis] = axes.kept().extent(axis) != axes.from().extent(axis);
    }
    this.inner = positions(axes.from(), removed, true);
    this.bases = positions(axes.from(), removed, false);
  }

  static Slices of(Axes axes) {
    return new Slices(axes);
  }

  /** Positions of all elements along the axes marked so, the others at their start. */
  private static int[] positions(Shape shape, boolean[] marks, boolean mark) {
    int[] positions = {0};
    int stride = shape.size();
    for (int axis = 0; axis < marks.length && stride > 0; axis++) {
      int extent = shape.extent(axis);
      stride /= extent;
      if (marks[axis] == mark && extent > 1) {
        int[] more = new int[positions.length * extent];
        for (int i = 0; i < more.length; i++) {
          more[i] = positions[i / extent] + i % extent * stride;
        }
        positions = more;
      }
    }
    return positions;
  }

  /** What is made of a slice. */
  @FunctionalInterface
  interface Each {
    /** Handles the {@code count} elements of {@code x} from {@code from} on. */
    void slice(int slice, Object x, int from, int count);
  }

  private boolean isContiguous() {
    return inner[inner.length - 1] == length - 1;
  }

  /** Hands out all slices, one at a time a thread. */
  void read(Tensor x, Parallel parallel, Each each) {
    Object array = HeapArray.of(x);
    int perChunk = Math.max(1, Chunks.ELEMENTS / Math.max(1, length));
    Chunks.cover(
        parallel,
        axes.slices(),
        perChunk,
        (from, to) -> {
          Object room = isContiguous() ? array : HeapArray.zeros(x.dataType(), length);
          for (int slice = from; slice < to; slice++) {
            if (isContiguous()) {
              each.slice(slice, array, bases[slice], length);
            } else {
              copyOut(array, bases[slice], room);
              each.slice(slice, room, 0, length);
            }
          }
        });
  }

  /** Replaces all slices, one at a time a thread, by what {@code each} leaves in its array. */
  Tensor map(Tensor x, Parallel parallel, Each each) {
    Object array = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), x.size());
    int perChunk = Math.max(1, Chunks.ELEMENTS / Math.max(1, length));
    Chunks.cover(
        parallel,
        x.size() == 0 ? 0 : axes.slices(),
        perChunk,
        (from, to) -> {
          Object room = HeapArray.zeros(x.dataType(), length);
          for (int slice = from; slice < to; slice++) {
            copyOut(array, bases[slice], room);
            each.slice(slice, room, 0, length);
            scatter(room, bases[slice], out);
          }
        });
    return HeapArray.adopt(x.shape(), out);
  }

  /** Copies a slice out of an array of the whole. */
  void gather(Object x, int slice, Object to) {
    copyOut(x, bases[slice], to);
  }

  private void copyOut(Object x, int base, Object to) {
    if (isContiguous()) {
      System.arraycopy(x, base, to, 0, length);
    } else if (x instanceof float[] floats) {
      float[] target = (float[]) to;
      for (int i = 0; i < length; i++) {
        target[i] = floats[base + inner[i]];
      }
    } else {
      double[] doubles = (double[]) x;
      double[] target = (double[]) to;
      for (int i = 0; i < length; i++) {
        target[i] = doubles[base + inner[i]];
      }
    }
  }

  private void scatter(Object from, int base, Object x) {
    if (isContiguous()) {
      System.arraycopy(from, 0, x, base, length);
    } else if (from instanceof float[] floats) {
      float[] target = (float[]) x;
      for (int i = 0; i < length; i++) {
        target[base + inner[i]] = floats[i];
      }
    } else {
      double[] doubles = (double[]) from;
      double[] target = (double[]) x;
      for (int i = 0; i < length; i++) {
        target[base + inner[i]] = doubles[i];
      }
    }
  }
}
