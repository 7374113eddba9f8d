package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Shape;

/**
 * A box of a larger tensor. Copies it in the longest runs that are contiguous in both. Immutable.
 */
public final class Region {

  private final Shape whole;
  private final Shape part;
  private final int[] start;
  private final int run;

  /**
   * A box.
   *
   * @param start position of its first element, one index per axis of {@code whole}. Not modified.
   * @param part its extents
   */
  public Region(Shape whole, int[] start, Shape part) {
    this.whole = whole;
    this.part = part;
    this.start = start.clone();
    this.run = run(whole, part);
  }

  /** The slices from {@code from} to {@code from + count} along one axis. */
  public static Region along(Shape whole, int axis, int from, int count) {
    int[] start = new int[whole.rank()];
    start[axis] = from;
    return new Region(whole, start, Shapes.with(whole, axis, count));
  }

  private static int run(Shape whole, Shape part) {
    int run = 1;
    for (int axis = whole.rank() - 1; axis >= 0; axis--) {
      run *= part.extent(axis);
      if (part.extent(axis) != whole.extent(axis)) {
        break;
      }
    }
    return run;
  }

  /** Extents of the box. */
  public Shape part() {
    return part;
  }

  /** Copies the box out of the whole. */
  public void read(Object from, Object to) {
    for (int at = 0; at < part.size(); at += run) {
      System.arraycopy(from, position(at), to, at, run);
    }
  }

  /** Copies the box into the whole. */
  public void write(Object from, Object to) {
    for (int at = 0; at < part.size(); at += run) {
      System.arraycopy(from, at, to, position(at), run);
    }
  }

  /** Position in the whole of an element of the box. */
  private int position(int at) {
    int rest = at;
    int stride = 1;
    int position = 0;
    for (int axis = part.rank() - 1; axis >= 0; axis--) {
      int extent = part.extent(axis);
      position += (start[axis] + rest % extent) * stride;
      rest /= extent;
      stride *= whole.extent(axis);
    }
    return position;
  }
}
