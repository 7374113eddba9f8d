package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.Shape;
import java.util.Arrays;

/**
 * The axes of a shape that a reduction removes. Immutable.
 *
 * @param from the shape
 * @param kept the shape with an extent of 1 for each axis that is removed
 * @param to the shape of the result
 */
public record Axes(Shape from, Shape kept, Shape to) {

  /**
   * Some axes of a shape.
   *
   * @param removed one mark an axis. Not modified.
   * @param keep whether the result has extents of 1 in place of what is removed
   */
  public static Axes of(Shape from, boolean[] removed, boolean keep) {
    int[] kept = from.toArray();
    int[] rest = new int[kept.length];
    int axes = 0;
    for (int axis = 0; axis < kept.length; axis++) {
      if (removed[axis]) {
        kept[axis] = 1;
      } else {
        rest[axes++] = kept[axis];
      }
    }
    Shape ones = Shape.of(kept);
    return new Axes(from, ones, keep ? ones : Shape.of(Arrays.copyOf(rest, axes)));
  }

  /** All axes of a shape. */
  public static Axes all(Shape from) {
    boolean[] removed = new boolean[from.rank()];
    Arrays.fill(removed, true);
    return of(from, removed, false);
  }

  /** The axes along which a shape is repeated in another. */
  public static Axes repeated(Shape shape, Shape in) {
    boolean[] removed = new boolean[in.rank()];
    int missing = in.rank() - shape.rank();
    for (int axis = 0; axis < in.rank(); axis++) {
      removed[axis] = axis < missing || (shape.extent(axis - missing) == 1 && in.extent(axis) != 1);
    }
    return new Axes(in, of(in, removed, true).kept(), shape);
  }

  /** Number of results. */
  public int slices() {
    return kept.size();
  }

  /** Number of elements that one result is made of. */
  public int length() {
    int length = 1;
    for (int axis = 0; axis < from.rank(); axis++) {
      length *= isRemoved(axis) ? from.extent(axis) : 1;
    }
    return length;
  }

  boolean isRemoved(int axis) {
    return kept.extent(axis) != from.extent(axis);
  }
}
