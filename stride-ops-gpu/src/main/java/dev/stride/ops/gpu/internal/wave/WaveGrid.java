package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.Shape;

/**
 * The nodes of a regular grid of two or three dimensions; node 0 is the origin.
 *
 * @param shape {@code [y, x]} or {@code [z, y, x]}
 * @param spacing distance of neighbours, in metres
 */
public record WaveGrid(Shape shape, double spacing) {

  /** Checks rank, extents and spacing. */
  public WaveGrid {
    if (shape.rank() != 2 && shape.rank() != 3) {
      throw Wrong.argument(
          "`velocity` has shape %s; expected [y, x] or [z, y, x]. Reshape it.", shape);
    }
    if (shape.size() == 0) {
      throw Wrong.argument(
          "`velocity` has shape %s and so no nodes. Give at least one along each axis.", shape);
    }
    if (!(spacing > 0) || Double.isInfinite(spacing)) {
      throw Wrong.argument(
          "`spacing` is %s m; expected a positive number. Give it in metres.", spacing);
    }
  }

  /** 2 or 3. */
  int dimensions() {
    return shape.rank();
  }

  /** Nodes along z; 1 in 2D. */
  int planes() {
    return dimensions() == 2 ? 1 : shape.extent(0);
  }

  /** Nodes along y. */
  int rows() {
    return shape.extent(-2);
  }

  /** Nodes along x. */
  int columns() {
    return shape.extent(-1);
  }

  /** The position of a node given by its row-major number, as errors print it: {@code [3, 17]}. */
  String node(int flat) {
    int x = flat % columns();
    int y = flat / columns() % rows();
    int z = flat / columns() / rows();
    return dimensions() == 2 ? "[" + y + ", " + x + "]" : "[" + z + ", " + y + ", " + x + "]";
  }
}
