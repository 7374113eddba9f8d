package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.operator.Operands;
import java.util.Arrays;

/**
 * Points between the nodes of a grid: reads fields there, and adds to fields, with weights that may
 * be differentiated along axes. The two are transposes of each other. Immutable.
 *
 * <p>Works in float64. Points are read by chunks; fields of a batch are added to by one thread
 * each, in the order of the points, so results do not depend on threads.
 */
final class PointSampling {

  private static final int CHUNK = 1 << 12;

  private final PointKernel kernel;
  private final int[] grid;
  private final int nodes;
  private final double[] positions;

  private PointSampling(PointKernel kernel, int[] grid, double[] positions) {
    this.kernel = kernel;
    this.grid = grid;
    this.nodes = (int) Math.pow(kernel.nodes(), grid.length);
    this.positions = positions;
  }

  /**
   * The points of a call, checked.
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

  /** Derivative of order 1 along an axis, on top of others. */
  static int[] along(int axis, int... others) {
    int[] more = others.clone();
    more[axis]++;
    return more;
  }

  /** No derivative. */
  int[] plain() {
    return new int[grid.length];
  }

  private int cells() {
    return Arrays.stream(grid).reduce(1, Math::multiplyExact);
  }

  /** Where the nodes of a point are, and their weights; those beyond the grid have none. */
  private final class Nodes {

    private final int[] place = new int[nodes];
    private final double[] weight = new double[nodes];
    private final int[] nodeAlong = new int[kernel.nodes()];
    private final double[] weightAlong = new double[kernel.nodes()];

    void locate(int point, int[] derivative) {
      place[0] = 0;
      weight[0] = 1;
      int found = 1;
      for (int axis = 0; axis < grid.length; axis++) {
        double at = positions[point * grid.length + axis];
        expand(found, at, grid[axis], derivative[axis]);
        found *= kernel.nodes();
      }
    }

    /** Replaces what was found by its nodes along one axis more, from the last one on. */
    private void expand(int found, double at, int extent, int derivative) {
      int width = kernel.nodes();
      int first = Math.min((int) at, Math.max(0, extent - 2)) + 1 - width / 2;
      for (int k = 0; k < width; k++) {
        int node = first + k;
        boolean inside = node >= 0 && node < extent;
        boolean counts = inside && (extent > 1 || derivative == 0);
        nodeAlong[k] = inside ? node : 0;
        weightAlong[k] = counts ? kernel.weight(at - node, k >= width / 2, derivative) : 0;
      }
      for (int i = found - 1; i >= 0; i--) {
        int line = place[i] * extent;
        double factor = weight[i];
        for (int k = 0; k < width; k++) {
          place[i * width + k] = line + nodeAlong[k];
          weight[i * width + k] = factor * weightAlong[k];
        }
      }
    }

    double read(Object field, int base) {
      double sum = 0;
      if (field instanceof float[] floats) {
        for (int i = 0; i < place.length; i++) {
          sum += weight[i] == 0 ? 0 : weight[i] * floats[base + place[i]];
        }
      } else {
        double[] doubles = (double[]) field;
        for (int i = 0; i < place.length; i++) {
          sum += weight[i] == 0 ? 0 : weight[i] * doubles[base + place[i]];
        }
      }
      return sum;
    }

    void add(double value, double[] field) {
      for (int i = 0; i < place.length; i++) {
        field[place[i]] += weight[i] * value;
      }
    }
  }

  /** The fields at the points: from {@code [..., grid]} to {@code [..., point]}. */
  Tensor read(Tensor x, int[] derivative, Parallel parallel) {
    int points = points();
    int cells = cells();
    Shape shape = values(x.shape());
    Object in = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), shape.size());
    Chunks.cover(
        parallel,
        points,
        Math.max(1, CHUNK / nodes),
        (from, to) -> {
          Nodes nodes = new Nodes();
          for (int point = from; point < to; point++) {
            nodes.locate(point, derivative);
            for (int at = point, base = 0; at < shape.size(); at += points, base += cells) {
              HeapArray.set(out, at, nodes.read(in, base));
            }
          }
        });
    return HeapArray.adopt(shape, out);
  }

  private Shape values(Shape field) {
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

  /** The transpose of {@link #read}: from {@code [..., point]} to {@code [..., grid]}. */
  Tensor add(Tensor values, int[] derivative, Parallel parallel) {
    int points = points();
    int cells = cells();
    Shape shape = field(values.shape());
    Object out = HeapArray.zeros(values.dataType(), shape.size());
    Object in = HeapArray.of(values);
    int batch = cells == 0 ? 0 : shape.size() / cells;
    Chunks.cover(
        parallel,
        batch,
        1,
        (from, to) -> {
          Nodes nodes = new Nodes();
          for (int b = from; b < to; b++) {
            double[] sums = sums(out, cells);
            for (int point = 0; point < points; point++) {
              nodes.locate(point, derivative);
              nodes.add(HeapArray.get(in, b * points + point), sums);
            }
            round(sums, out, b * cells);
          }
        });
    return HeapArray.adopt(shape, out);
  }

  /** Room for the sums of a field: the result itself where it is one field in float64. */
  private static double[] sums(Object out, int cells) {
    return out instanceof double[] doubles && doubles.length == cells ? doubles : new double[cells];
  }

  private static void round(double[] sums, Object out, int at) {
    if (out instanceof float[] floats) {
      for (int i = 0; i < sums.length; i++) {
        floats[at + i] = (float) sums[i];
      }
    } else if (out != sums) {
      System.arraycopy(sums, 0, out, at, sums.length);
    }
  }

  /**
   * The derivative of {@code <c, read(x)>} by the positions, {@code [point, axis]}: {@code sum over
   * the batch of c times the field's slope along the axis}.
   */
  Tensor slopes(Tensor x, Tensor c, int[] derivative, Parallel parallel) {
    int points = points();
    int cells = cells();
    int axes = axes();
    Object field = HeapArray.of(x);
    Object factors = HeapArray.of(c);
    Object out = HeapArray.zeros(x.dataType(), positions.length);
    int[][] along = new int[axes][];
    Arrays.setAll(along, axis -> along(axis, derivative));
    Chunks.cover(
        parallel,
        points,
        Math.max(1, CHUNK / nodes),
        (from, to) -> {
          Nodes nodes = new Nodes();
          for (int point = from; point < to; point++) {
            for (int axis = 0; axis < axes; axis++) {
              nodes.locate(point, along[axis]);
              double sum = 0;
              for (int at = point, base = 0; at < c.size(); at += points, base += cells) {
                sum += nodes.read(field, base) * HeapArray.get(factors, at);
              }
              HeapArray.set(out, point * axes + axis, sum);
            }
          }
        });
    return HeapArray.adopt(Shape.of(points, axes), out);
  }

  /** Values {@code [..., point]} times a column of {@code [point, axis]}. */
  Tensor times(Tensor values, Tensor columns, int axis) {
    double[] product = values.toDoubleArray();
    for (int i = 0; i < product.length; i++) {
      product[i] *= columns.at(i % points() * axes() + axis);
    }
    return Tensor.adopt(values.shape(), product).cast(values.dataType());
  }
}
