package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.Tensor;

/**
 * Sources or receivers: points between nodes, with bilinear or trilinear weights at the 4 or 8
 * nodes around each.
 */
final class Points {

  private static final double SLACK = 1e-5;

  private final int count;
  private final int corners;
  private final int[] field;
  private final int[] compact;
  private final double[] weights;

  /**
   * Places points on a grid.
   *
   * @param name port they come from, for messages
   * @param positions {@code [point, dimension]}, in metres, in the order of the grid's axes
   * @throws IllegalArgumentException if the shape is wrong or a point lies outside the grid
   */
  Points(String name, Tensor positions, FieldLayout layout) {
    int dimensions = layout.grid().dimensions();
    if (positions.shape().rank() != 2 || positions.shape().extent(1) != dimensions) {
      throw Wrong.argument(
          "`%s` has shape %s; expected [point, %d], the %s of each in metres. Reshape or transpose"
              + " it.",
          name, positions.shape(), dimensions, dimensions == 2 ? "y and x" : "z, y and x");
    }
    this.count = positions.shape().extent(0);
    this.corners = 1 << dimensions;
    this.field = new int[count * corners];
    this.compact = new int[count * corners];
    this.weights = new double[count * corners];
    for (int point = 0; point < count; point++) {
      place(name, positions, layout, point);
    }
  }

  private void place(String name, Tensor positions, FieldLayout layout, int point) {
    WaveGrid grid = layout.grid();
    int dimensions = grid.dimensions();
    int[] lower = new int[dimensions];
    double[] fraction = new double[dimensions];
    for (int axis = 0; axis < dimensions; axis++) {
      int last = grid.shape().extent(axis) - 1;
      double at = positions.at(point * dimensions + axis) / grid.spacing();
      if (!(at >= -SLACK && at <= last + SLACK)) {
        throw outside(name, positions, grid, point);
      }
      double inside = Math.clamp(at, 0, last);
      lower[axis] = (int) Math.min(Math.floor(inside), Math.max(0, last - 1));
      fraction[axis] = inside - lower[axis];
    }
    for (int corner = 0; corner < corners; corner++) {
      placeCorner(layout, point * corners + corner, corner, lower, fraction);
    }
  }

  private void placeCorner(
      FieldLayout layout, int slot, int corner, int[] lower, double[] fraction) {
    int[] node = {0, 0, 0};
    double weight = 1;
    int dimensions = lower.length;
    for (int axis = 0; axis < dimensions; axis++) {
      boolean upper = (corner >> axis & 1) == 1;
      boolean exists = lower[axis] + 1 < layout.grid().shape().extent(axis);
      node[axis + 3 - dimensions] = lower[axis] + (upper && exists ? 1 : 0);
      weight *= upper ? fraction[axis] : 1 - fraction[axis];
    }
    field[slot] = layout.index(node[0], node[1], node[2]);
    compact[slot] = layout.compact(node[0], node[1], node[2]);
    weights[slot] = weight;
  }

  private static IllegalArgumentException outside(
      String name, Tensor positions, WaveGrid grid, int point) {
    StringBuilder position = new StringBuilder();
    StringBuilder extent = new StringBuilder();
    for (int axis = 0; axis < grid.dimensions(); axis++) {
      String comma = axis == 0 ? "" : ", ";
      position.append(comma).append(positions.at(point * grid.dimensions() + axis));
      extent.append(comma).append("0 to ");
      extent.append((float) ((grid.shape().extent(axis) - 1) * grid.spacing()));
    }
    return Wrong.argument(
        "`%s` %d is at (%s) m, outside the grid, which spans (%s) m including its layers. Move it"
            + " inside or extend the model.",
        name, point, position, extent);
  }

  /** Number of points. */
  int count() {
    return count;
  }

  /** Nodes around each. */
  int corners() {
    return corners;
  }

  /** Place in fields of each corner of each point. Not to be modified. */
  int[] field() {
    return field;
  }

  /** Place in compact buffers of each corner of each point. Not to be modified. */
  int[] compact() {
    return compact;
  }

  /** Weight of each corner of each point. Not to be modified. */
  double[] weights() {
    return weights;
  }
}
