package dev.stride.ops.gpu.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.Arrays;

/**
 * Points between the nodes of a grid, and the weights of the nodes around them as matrices that act
 * on fields of one axis. Immutable.
 */
final class PointSampling {

  private final PointKernel kernel;
  private final int[] grid;
  private final double[] positions;

  private PointSampling(PointKernel kernel, int[] grid, double[] positions) {
    this.kernel = kernel;
    this.grid = grid;
    this.positions = positions;
  }

  /**
   * The points of a call, read from the device to be checked.
   *
   * @param port the port that the grid comes from
   * @param field extents of a field, of which the last are those of the grid
   */
  static PointSampling of(OperatorCall call, String port, Shape field) {
    Tensor positions = call.tensor("positions");
    Shape shape = positions.shape();
    if (shape.rank() != 2 || shape.extent(1) < 1 || shape.extent(1) > field.rank()) {
      throw Operands.wrong(
          call,
          "`positions` has shape "
              + shape
              + ", and `"
              + port
              + "` "
              + field
              + "; it must be [point, axis], with a coordinate for each of the last axes of `"
              + port
              + "`. Reshape or transpose it.");
    }
    int axes = shape.extent(1);
    int[] grid = Arrays.copyOfRange(field.toArray(), field.rank() - axes, field.rank());
    double[] all = positions.toDoubleArray();
    for (int k = 0; k < all.length; k++) {
      if (!(all[k] >= 0 && all[k] <= grid[k % axes] - 1)) {
        throw Operands.wrong(
            call,
            "point "
                + k / axes
                + " of `positions` is at "
                + Arrays.toString(Arrays.copyOfRange(all, k - k % axes, k - k % axes + axes))
                + ", outside the grid of shape "
                + Arrays.toString(grid)
                + ". Positions count points from 0 to the extent less 1; divide lengths by the"
                + " spacing.");
      }
    }
    return new PointSampling(PointKernel.of(call), grid, all);
  }

  /** Number of axes of the grid. */
  int axes() {
    return grid.length;
  }

  /** Number of points. */
  int points() {
    return positions.length / grid.length;
  }

  /** Number of nodes of the grid. */
  int cells() {
    return Arrays.stream(grid).reduce(1, Math::multiplyExact);
  }

  /** Shape of the values at the points of fields. */
  Shape values(Shape field) {
    int batch = field.rank() - grid.length;
    int[] extents = Arrays.copyOf(field.toArray(), batch + 1);
    extents[batch] = points();
    return Shape.of(extents);
  }

  /** Shape of the fields that values at the points go with. */
  Shape field(Shape values) {
    int batch = values.rank() - 1;
    int[] extents = Arrays.copyOf(values.toArray(), batch + grid.length);
    System.arraycopy(grid, 0, extents, batch, grid.length);
    return Shape.of(extents);
  }

  /** From the nodes of a field to its values at the points, a row each. */
  SparseMatrix weights() {
    Weights weights = new Weights(points());
    for (int point = 0; point < points(); point++) {
      weights.add(point, -1);
    }
    return weights.matrix();
  }

  /** From the nodes of a field to its slopes along each axis at the points: [point, axis] rows. */
  SparseMatrix slopes() {
    Weights weights = new Weights(Math.multiplyExact(points(), axes()));
    for (int point = 0; point < points(); point++) {
      for (int axis = 0; axis < axes(); axis++) {
        weights.add(point, axis);
      }
    }
    return weights.matrix();
  }

  /** Rows on their way to a matrix. */
  private final class Weights {

    private final int[] nodes = new int[(int) Math.pow(kernel.nodes(), grid.length)];
    private final double[] shares = new double[nodes.length];
    private final int[] starts;
    private int[] column;
    private double[] weight;
    private int rows;
    private int count;

    Weights(int rows) {
      this.starts = new int[rows + 1];
      this.column = new int[Math.multiplyExact(rows, nodes.length)];
      this.weight = new double[column.length];
    }

    /** Adds the row of a point, for the slope along an axis if it is not negative. */
    void add(int point, int slopeAxis) {
      nodes[0] = 0;
      shares[0] = 1;
      int found = 1;
      for (int axis = 0; axis < grid.length; axis++) {
        found = expand(found, positions[point * grid.length + axis], axis, axis == slopeAxis);
      }
      for (int i = 0; i < found; i++) {
        column[count] = nodes[i];
        weight[count++] = shares[i];
      }
      starts[++rows] = count;
    }

    /** Replaces what was found by its nodes along one axis more; those without weight are none. */
    private int expand(int found, double at, int axis, boolean slope) {
      int extent = grid[axis];
      int width = kernel.nodes();
      int first = Math.min((int) at, Math.max(0, extent - 2)) + 1 - width / 2;
      int[] along = new int[width];
      double[] share = new double[width];
      int some = 0;
      for (int k = 0; k < width; k++) {
        int node = first + k;
        boolean counts = node >= 0 && node < extent && (extent > 1 || !slope);
        double weightOfNode = counts ? kernel.weight(at - node, k >= width / 2, slope) : 0;
        if (weightOfNode != 0) {
          along[some] = node;
          share[some++] = weightOfNode;
        }
      }
      for (int i = found - 1; i >= 0; i--) {
        int line = nodes[i] * extent;
        double factor = shares[i];
        for (int k = 0; k < some; k++) {
          nodes[i * some + k] = line + along[k];
          shares[i * some + k] = factor * share[k];
        }
      }
      return found * some;
    }

    SparseMatrix matrix() {
      return new SparseMatrix(
          cells(), starts, Arrays.copyOf(column, count), Arrays.copyOf(weight, count));
    }
  }
}
