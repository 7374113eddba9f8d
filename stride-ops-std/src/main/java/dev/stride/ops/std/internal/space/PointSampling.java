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

    void locate(int point, int[] derivative) {
      Arrays.fill(place, 0);
      Arrays.fill(weight, 1);
      int width = kernel.nodes();
      int repeat = nodes;
      for (int axis = 0; axis < grid.length; axis++) {
        double at = positions[point * grid.length + axis];
        int extent = grid[axis];
        int lower = (int) Math.min(Math.floor(at), Math.max(0, extent - 2));
        repeat /= width;
        for (int k = 0; k < width; k++) {
          int node = lower + 1 - width / 2 + k;
          boolean inside = node >= 0 && node < extent;
          boolean counts = inside && (extent > 1 || derivative[axis] == 0);
          double w = counts ? kernel.weight(at - node, k >= width / 2, derivative[axis]) : 0;
          multiply(k, repeat, inside ? node : 0, w, extent);
        }
      }
    }

    private void multiply(int k, int repeat, int node, double w, int extent) {
      int width = kernel.nodes();
      for (int block = k * repeat; block < nodes; block += width * repeat) {
        for (int i = block; i < block + repeat; i++) {
          place[i] = place[i] * extent + node;
          weight[i] *= w;
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
    int batch = cells == 0 ? 0 : shape.size() / cells;
    Chunks.cover(
        parallel,
        batch,
        1,
        (from, to) -> {
          Nodes nodes = new Nodes();
          double[] sums = new double[cells];
          for (int b = from; b < to; b++) {
            Arrays.fill(sums, 0);
            for (int point = 0; point < points; point++) {
              nodes.locate(point, derivative);
              nodes.add(HeapArray.get(HeapArray.of(values), b * points + point), sums);
            }
            for (int i = 0; i < cells; i++) {
              HeapArray.set(out, b * cells + i, sums[i]);
            }
          }
        });
    return HeapArray.adopt(shape, out);
  }

  /**
   * The derivative of {@code <c, read(x)>} by the positions, {@code [point, axis]}: {@code sum over
   * the batch of c times the field's slope along the axis}.
   */
  Tensor slopes(Tensor x, Tensor c, int[] derivative, Parallel parallel) {
    double[] sums = new double[positions.length];
    for (int axis = 0; axis < axes(); axis++) {
      Tensor slope = read(x, along(axis, derivative), parallel);
      for (int i = 0; i < slope.size(); i++) {
        sums[i % points() * axes() + axis] += slope.at(i) * c.at(i);
      }
    }
    return Tensor.adopt(Shape.of(points(), axes()), sums).cast(x.dataType());
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
