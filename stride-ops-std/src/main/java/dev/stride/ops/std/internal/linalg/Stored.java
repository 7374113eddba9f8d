package dev.stride.ops.std.internal.linalg;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * A tensor read as matrices: the last two extents of a view of its shape, stacked along those
 * before them.
 *
 * @param view its shape, with axes of extent 1 where a vector is read as a matrix
 * @param transposed whether each matrix is read with rows and columns exchanged
 */
record Stored(Tensor tensor, Shape view, boolean transposed) {

  static Stored of(Tensor tensor, Shape view) {
    return new Stored(tensor, view, false);
  }

  Stored turned() {
    return new Stored(tensor, view, !transposed);
  }

  int rows() {
    return view.extent(transposed ? -1 : -2);
  }

  int columns() {
    return view.extent(transposed ? -2 : -1);
  }

  /** Extents before the last two. */
  Shape batch() {
    return Stacks.batch(view);
  }
}
