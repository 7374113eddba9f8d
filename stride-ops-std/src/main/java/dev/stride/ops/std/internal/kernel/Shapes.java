package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Shape;

/** Arithmetic of shapes. */
public final class Shapes {

  private Shapes() {}

  /** Whether two shapes broadcast: aligned at the last axis, extents are equal or one of them 1. */
  public static boolean fit(Shape a, Shape b) {
    for (int back = 1; back <= Math.min(a.rank(), b.rank()); back++) {
      int m = a.extent(-back);
      int n = b.extent(-back);
      if (m != n && m != 1 && n != 1) {
        return false;
      }
    }
    return true;
  }

  /** The common shape of two that {@link #fit}. */
  public static Shape broadcast(Shape a, Shape b) {
    int[] extents = new int[Math.max(a.rank(), b.rank())];
    for (int back = 1; back <= extents.length; back++) {
      int m = back <= a.rank() ? a.extent(-back) : 1;
      int n = back <= b.rank() ? b.extent(-back) : 1;
      extents[extents.length - back] = m == 1 ? n : m;
    }
    return Shape.of(extents);
  }

  /** This shape with another extent along an axis. */
  public static Shape with(Shape shape, int axis, int extent) {
    int[] extents = shape.toArray();
    extents[axis] = extent;
    return Shape.of(extents);
  }

  /** Product of the extents before an axis. */
  public static int outer(Shape shape, int axis) {
    int product = 1;
    for (int i = 0; i < axis; i++) {
      product *= shape.extent(i);
    }
    return product;
  }

  /** Product of the extents behind an axis. */
  public static int inner(Shape shape, int axis) {
    int product = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      product *= shape.extent(i);
    }
    return product;
  }
}
