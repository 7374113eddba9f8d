package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a field on a grid by finite differences.
 *
 * <p>Computes {@code y_a = D_a x} for every axis {@code a}: with the spacing {@code h_a} and order
 * 2, {@code y_a[i] = (x[i + 1] - x[i - 1]) / (2 h_a)}; higher orders take more neighbours, and
 * order 1 is the forward difference {@code (x[i + 1] - x[i]) / h_a}. For a cotangent {@code g} the
 * adjoint is {@code sum_a D_a^T g_a}.
 *
 * <p>{@code edge} says what stands for neighbours beyond the grid: {@code one-sided} (the default):
 * none, differences lean inwards and keep their order (for order 1, the last is that before it);
 * {@code zero}: zeros; {@code mirror}: {@code x[-1] = x[0], x[-2] = x[1]}, so that nothing changes
 * across the edge; {@code periodic}: the other end. But for {@code one-sided}, {@code
 * stride.divergence} with the same numbers is exactly {@code -D^T}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []; typically [y, x] or [z, y, x]<td>any
 *   <tr><td>spacing (variadic, auxiliary)<td>one number for all axes, or a list of one per
 *       axis<td>m
 *   <tr><td>order (optional, auxiliary)<td>1, 2, 4, 6, 8 or 10; default 2<td>1
 *   <tr><td>edge (optional, auxiliary)<td>one-sided, zero, mirror or periodic<td>1
 *   <tr><td>y (output)<td>[axis, ...x]<td>unit of x over m
 * </table>
 *
 * <p>Saves the weights, a few for each line of the grid. Allocates the output only. Computes in the
 * type of x; results do not depend on threads. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class GridGradient extends LinearOperator {

  private final RowLoops loops = new RowLoops();

  GridGradient() {
    super("stride.gradient", GridPorts.all());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(7, 9)), 0.5),
        Sample.of(Singles.normal(Shape.of(5, 6, 7)), List.of(1.0, 0.5, 2.0)).with("order", 4),
        Sample.of(Singles.normal(Shape.of(4, 3)), 2.0).with("order", 1),
        Sample.of(Singles.normal(Shape.of(12, 13)), 0.3).with("order", 8).with("edge", "zero"),
        Sample.of(Singles.normal(Shape.of(5, 3)), 1.0).with("order", 6).with("edge", "periodic"),
        Sample.of(Singles.normal(Shape.of(6, 2)), 1.0).with("order", 1).with("edge", "mirror"),
        Sample.of(Singles.normal(Shape.of(1)), 1.0).with("order", 1).with("edge", "zero"),
        Sample.of(Singles.normal(Shape.of(2, 3, 2, 3)), 1.0).with("edge", "mirror"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), 1e-3).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(5, 4)).times(1e-6), 0.5).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 1.0).described("empty"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    GridPorts.requireAxes(call, x);
    double[] spacing = GridPorts.spacing(call, x);
    int order = GridPorts.order(call, true);
    Edge edge = Edge.of(call);
    GridPorts.requirePoints(call, x, 1, order, edge);
    return new Stacked(differences(loops, x, spacing, order, edge));
  }

  /** The first derivatives along each axis. */
  static StackedDifferences differences(
      RowLoops loops, Shape grid, double[] spacing, int order, Edge edge) {
    List<AxisMatrix> matrices = new ArrayList<>();
    for (int axis = 0; axis < grid.rank(); axis++) {
      matrices.add(Differences.first(grid.extent(axis), order, edge).times(1 / spacing[axis]));
    }
    return new StackedDifferences(loops, grid, matrices);
  }

  /** Some ten neighbours, for each axis. */
  @Override
  protected long steps() {
    return 10;
  }

  private record Stacked(StackedDifferences differences) implements LinearMap {
    @Override
    public Shape from() {
      return differences.grid();
    }

    @Override
    public Shape to() {
      return differences.stack();
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return differences.stacked(x, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return differences.transposed(1).summed(cotangent, parallel);
    }
  }
}
