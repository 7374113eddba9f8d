package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The divergence of a vector field on a grid by finite differences.
 *
 * <p>Computes {@code y = sum_a D'_a x_a}. With the edges {@code zero}, {@code mirror} and {@code
 * periodic}, {@code D'_a = -D_a^T} with the differences {@code D_a} of {@code stride.gradient} for
 * the same numbers: the divergence is exactly the negative adjoint of the gradient. With {@code
 * mirror} nothing flows through the edges then, and order 1 is the backward difference. With {@code
 * one-sided} edges (the default) {@code D'_a} is {@code D_a}, of order 1 the backward difference,
 * which is accurate up to the edges but no adjoint of the gradient. For a cotangent {@code g} the
 * adjoint is {@code D'_a^T g} for each axis.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[axis, ...grid], one component per axis of the grid<td>any
 *   <tr><td>spacing (variadic, auxiliary)<td>one number for all axes, or a list of one per
 *       axis<td>m
 *   <tr><td>order (optional, auxiliary)<td>1, 2, 4, 6, 8 or 10; default 2<td>1
 *   <tr><td>edge (optional, auxiliary)<td>one-sided, zero, mirror or periodic<td>1
 *   <tr><td>y (output)<td>[...grid]<td>unit of x over m
 * </table>
 *
 * <p>Saves the weights, a few for each line of the grid. Allocates the output only. Computes in the
 * type of x; results do not depend on threads. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class GridDivergence extends LinearOperator {

  private final RowLoops loops = new RowLoops();

  GridDivergence() {
    super("stride.divergence", GridPorts.all());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(2, 7, 9)), 0.5),
        Sample.of(Singles.normal(Shape.of(3, 5, 6, 7)), List.of(1.0, 0.5, 2.0)).with("order", 4),
        Sample.of(Singles.normal(Shape.of(2, 4, 3)), 2.0).with("order", 1),
        Sample.of(Singles.normal(Shape.of(2, 12, 13)), 0.3).with("order", 8).with("edge", "zero"),
        Sample.of(Singles.normal(Shape.of(2, 5, 3)), 1.0).with("edge", "periodic"),
        Sample.of(Singles.normal(Shape.of(2, 6, 2)), 1.0).with("order", 4).with("edge", "mirror"),
        Sample.of(Singles.normal(Shape.of(1, 1)), 1.0).with("order", 1).with("edge", "zero"),
        Sample.of(Singles.normal(Shape.of(1, 31)).times(1e6), 1e-3).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(2, 5, 4)).times(1e-6), 0.5).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(2, 0, 3)), 1.0).described("empty"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    GridPorts.requireAxes(call, x);
    Shape grid = Shape.of(Arrays.copyOfRange(x.toArray(), 1, x.rank()));
    if (grid.rank() == 0 || x.extent(0) != grid.rank()) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + "; it must be [axis, ...grid] with one component per axis of the grid. Stack the"
              + " components along a first axis.");
    }
    double[] spacing = GridPorts.spacing(call, grid);
    int order = GridPorts.order(call, true);
    Edge edge = Edge.of(call);
    GridPorts.requirePoints(call, grid, 1, order, edge);
    return new Summed(
        edge == Edge.ONE_SIDED
            ? leaning(grid, spacing, order)
            : GridGradient.differences(loops, grid, spacing, order, edge).transposed(-1));
  }

  private StackedDifferences leaning(Shape grid, double[] spacing, int order) {
    List<AxisMatrix> matrices = new ArrayList<>();
    for (int axis = 0; axis < grid.rank(); axis++) {
      int extent = grid.extent(axis);
      AxisMatrix matrix =
          order == 1
              ? Differences.backward(extent, Edge.ONE_SIDED)
              : Differences.first(extent, order, Edge.ONE_SIDED);
      matrices.add(matrix.times(1 / spacing[axis]));
    }
    return new StackedDifferences(loops, grid, matrices);
  }

  /** Some ten neighbours. */
  @Override
  protected long steps() {
    return 10;
  }

  private record Summed(StackedDifferences differences) implements LinearMap {
    @Override
    public Shape from() {
      return differences.stack();
    }

    @Override
    public Shape to() {
      return differences.grid();
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return differences.summed(x, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return differences.transposed(1).stacked(cotangent, parallel);
    }
  }
}
