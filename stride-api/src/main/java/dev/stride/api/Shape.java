package dev.stride.api;

import java.util.Arrays;

/**
 * Extents of a {@link Tensor}, row-major with the last axis fastest; rank 0 is a scalar.
 *
 * <p>Immutable. Extents may be 0 (an empty tensor). A shape's {@link #size()} is at most {@code
 * 2^31 - 1}, the length of a Java array.
 */
public final class Shape {

  /** The shape of a scalar: rank 0, one element. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private static final long TOO_MANY = 1L << 31;

  private final int[] extents;
  private final int size;

  private Shape(int[] extents) {
    long product = 1;
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(extents) + " has a negative extent at axis " + axis);
      }
      // Saturated: one extent may be zero after others that are too large together.
      product = Math.min(product * extents[axis], TOO_MANY);
    }
    if (product == TOO_MANY) {
      throw new IllegalArgumentException(
          "shape "
              + Arrays.toString(extents)
              + " has more than 2^31 - 1 elements; split it along an axis");
    }
    this.extents = extents;
    this.size = (int) product;
  }

  /** A shape with these extents. Not modified, copied. */
  public static Shape of(int... extents) {
    return extents.length == 0 ? SCALAR : new Shape(extents.clone());
  }

  /** Number of axes. */
  public int rank() {
    return extents.length;
  }

  /** Extent of an axis; negative axes count from the last. */
  public int extent(int axis) {
    int index = axis < 0 ? axis + extents.length : axis;
    if (index < 0 || index >= extents.length) {
      throw new IllegalArgumentException(
          "axis " + axis + " of shape " + this + "; expected " + -rank() + " to " + (rank() - 1));
    }
    return extents[index];
  }

  /** Number of elements. */
  public int size() {
    return size;
  }

  /** A copy of the extents. */
  public int[] toArray() {
    return extents.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(extents, that.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  /** The extents as messages print them: {@code [4, 128, 500]}. */
  @Override
  public String toString() {
    return Arrays.toString(extents);
  }
}
