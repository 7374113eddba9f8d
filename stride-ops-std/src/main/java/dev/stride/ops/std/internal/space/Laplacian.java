package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.space.AxisSum.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * The Laplacian of a field on a grid by finite differences.
 *
 * <p>Computes {@code y = sum_a L_a x}: with the spacing {@code h_a} and order 2, {@code (x[i - 1] -
 * 2 x[i] + x[i + 1]) / h_a^2} along each axis {@code a}; higher orders take more neighbours. For a
 * cotangent {@code g} the adjoint is {@code sum_a L_a^T g}.
 *
 * <p>{@code edge} says what stands for neighbours beyond the grid: {@code one-sided} (the default):
 * none, differences lean inwards and keep their order; {@code zero}: zeros; {@code mirror}: {@code
 * x[-1] = x[0], x[-2] = x[1]}; {@code periodic}: the other end. But for {@code one-sided} the
 * Laplacian is its own adjoint.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []; typically [y, x] or [z, y, x]<td>any
 *   <tr><td>spacing (variadic, auxiliary)<td>one number for all axes, or a list of one per
 *       axis<td>m
 *   <tr><td>order (optional, auxiliary)<td>2, 4, 6, 8 or 10; default 2<td>1
 *   <tr><td>edge (optional, auxiliary)<td>one-sided, zero, mirror or periodic<td>1
 *   <tr><td>y (output)<td>as x<td>unit of x over m^2
 * </table>
 *
 * <p>Saves the weights, a few for each line of the grid. Allocates the output only. Computes in the
 * type of x; results do not depend on threads. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class Laplacian extends LinearOperator {

  private final RowLoops loops = new RowLoops();

  Laplacian() {
    super("stride.laplacian", GridPorts.all());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(7, 9)), 0.5),
        Sample.of(Singles.normal(Shape.of(6, 7, 8)), List.of(1.0, 0.5, 2.0)).with("order", 4),
        Sample.of(Singles.normal(Shape.of(12, 13)), 0.3).with("order", 8).with("edge", "zero"),
        Sample.of(Singles.normal(Shape.of(5, 3)), 1.0).with("order", 6).with("edge", "periodic"),
        Sample.of(Singles.normal(Shape.of(6, 2)), 1.0).with("edge", "mirror"),
        Sample.of(Singles.normal(Shape.of(1)), 1.0).with("edge", "zero").described("one point"),
        Sample.of(Singles.normal(Shape.of(2, 3, 2, 3)), 1.0).with("edge", "mirror"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), 1e-3).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(5, 4)).times(1e-6), 0.5).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 1.0).with("edge", "zero").described("empty"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    GridPorts.requireAxes(call, x);
    double[] spacing = GridPorts.spacing(call, x);
    int order = GridPorts.order(call, false);
    Edge edge = Edge.of(call);
    GridPorts.requirePoints(call, x, 2, order, edge);
    List<AxisMatrix> matrices = new ArrayList<>();
    for (int axis = 0; axis < spacing.length; axis++) {
      double factor = 1 / (spacing[axis] * spacing[axis]);
      matrices.add(Differences.second(x.extent(axis), order, edge).times(factor));
    }
    return new Summed(loops, x, List.copyOf(matrices));
  }

  /** Some ten neighbours, for each axis. */
  @Override
  protected long steps() {
    return 20;
  }

  private record Summed(RowLoops loops, Shape from, List<AxisMatrix> matrices)
      implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return sum(matrices, x, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return sum(matrices.stream().map(AxisMatrix::transposed).toList(), cotangent, parallel);
    }

    private Tensor sum(List<AxisMatrix> all, Tensor x, Parallel parallel) {
      List<Part> parts = new ArrayList<>();
      for (int axis = 0; axis < all.size(); axis++) {
        parts.add(new Part(axis, all.get(axis), 0));
      }
      Object out = HeapArray.zeros(x.dataType(), x.size());
      if (x.size() > 0) {
        new AxisSum(loops, from, parts).apply(HeapArray.of(x), out, 0, parallel);
      }
      return HeapArray.adopt(from, out);
    }
  }
}
