package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Shape;

/**
 * The axes of a shape that a reduction removes. Immutable.
 *
 * @param from the shape
 * @param kept the shape with an extent of 1 for each axis that is removed
 * @param to the shape of the result: {@code kept}, or the axes that remain
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
    return new Axes(from, ones, keep ? ones : Shape.of(java.util.Arrays.copyOf(rest, axes)));
  }

  /** Number of results. */
  public int slices() {
    return kept.size();
  }

  /** Number of elements that one result is made of. */
  public int length() {
    int length = 1;
    for (int axis = 0; axis < from.rank(); axis++) {
      length *= kept.extent(axis) == from.extent(axis) ? 1 : from.extent(axis);
    }
    return length;
  }
}
