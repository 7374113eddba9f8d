package dev.stride.ops.std.internal.space;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields that are zero but for values put at points between the nodes of a grid: the adjoint of
 * {@code stride.interpolate}, whose weights {@code w} these are.
 *
 * <p>Computes {@code y[k] = sum_p w(q_p - k) x[p]}. For a cotangent {@code g} the adjoint is {@code
 * sum_k w(q_p - k) g[k]} for x, and for the positions {@code x[p]} times the slope of g there.
 * Slopes have kinks at the lines of the grid.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., point]<td>any
 *   <tr><td>positions<td>[point, axis], from 0 to the extent less 1<td>points (a length divided by
 *       the spacing)
 *   <tr><td>shape (auxiliary)<td>a {@link Shape}: extents of the grid<td>points
 *   <tr><td>kind (optional, auxiliary)<td>linear or sinc<td>1
 *   <tr><td>y (output)<td>[..., shape]<td>as x
 * </table>
 *
 * <p>Saves nothing; the adjoint sees the arguments. Allocates the output and, for each thread, one
 * field in float64. Sums in float64 in the order of the points; results do not depend on threads.
 * Stateless: one instance serves any number of concurrent calls.
 */
final class Inject
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final boolean alike;
  private final Signature signature;

  private Inject(String name, Port grid, boolean alike) {
    this.alike = alike;
    this.signature =
        Signature.named(name)
            .input("x")
            .input("positions")
            .input(grid)
            .input(Port.auxiliary("kind", String.class).optional())
            .output("y")
            .linearIn("x")
            .build();
  }

  static Inject shaped() {
    return new Inject("stride.inject", Port.auxiliary("shape", Shape.class), false);
  }

  /** The same with a tensor for the shape, for gradients of gradients. */
  static Inject alike() {
    return new Inject("stride.interpolate-adjoint", Port.auxiliary("like", Tensor.class), true);
  }

  static List<Sample> samples() {
    Tensor points = Tensor.of(Shape.of(4, 2), 0.3, 5.6, 3.7, 0.2, 3.6, 0.25, 2.45, 3.5);
    Shape plane = Shape.of(5, 7);
    return List.of(
        Sample.of(Singles.normal(Shape.of(4)), points, plane),
        Sample.of(Singles.normal(Shape.of(4)), points, plane, "sinc"),
        Sample.of(Singles.normal(Shape.of(3, 4)), points, plane).described("a batch of planes"),
        Sample.of(
            Singles.normal(Shape.of(2, 1)),
            Tensor.of(Shape.of(1, 3), 0.5, 1.3, 3.7),
            Shape.of(3, 4, 5)),
        Sample.of(Singles.normal(Shape.of(1)), Tensor.of(Shape.of(1, 1), 0.25), Shape.of(2)),
        Sample.of(
                Singles.normal(Shape.of(2)).times(1e6),
                Tensor.of(Shape.of(2, 1), 12.6, 12.3),
                Shape.of(31))
            .described("two large numbers in one cell"),
        Sample.of(Singles.normal(Shape.of(2, 1, 4)), points, plane).described("two batch axes"),
        Sample.of(Singles.normal(Shape.of(1, 2, 1, 4)), points, plane)
            .described("three batch axes"),
        Sample.of(Singles.normal(Shape.of(4)).times(1e-6), points, plane)
            .described("small numbers"),
        Sample.of(Singles.normal(Shape.of(0)), Singles.normal(Shape.of(0, 2)), plane)
            .described("no point"));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    Operands.sameType(call, "x", x, "positions", call.tensor("positions"));
    PointSampling points = points(call);
    if (x.shape().rank() == 0 || x.shape().extent(-1) != points.points()) {
      throw Operands.wrong(
          call,
          Operands.shapes(call, "x", x.shape(), "positions", call.tensor("positions").shape())
                  .substring(signature.name().length() + 2)
              + "; the last extent of `x` must be the number of points. Give one value a point.");
    }
    return Outputs.of(points.add(x, points.plain(), call.parallel()));
  }

  private PointSampling points(OperatorCall call) {
    Shape positions = call.tensor("positions").shape();
    if (!alike) {
      Shape grid = call.value("shape", Shape.class);
      if (positions.rank() == 2 && positions.extent(1) != grid.rank()) {
        throw Operands.wrong(
            call,
            "`positions` has shape "
                + positions
                + " and `shape` is "
                + grid
                + "; there must be a coordinate for each axis of the grid. Correct one of them.");
      }
      return PointSampling.of(call, "shape", grid);
    }
    return PointSampling.of(call, "like", call.tensor("like").shape());
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    PointSampling points = points(call);
    Tensor g = call.cotangent();
    return Gradients.of(
        call.needsGrad("x") ? points.read(g, points.plain(), call.parallel()) : null,
        call.needsGrad("positions")
            ? points.slopes(g, call.tensor("x"), points.plain(), call.parallel())
            : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    PointSampling points = points(call);
    Tensor sum = points.add(call.direction("x"), points.plain(), call.parallel());
    for (int axis = 0; axis < points.axes(); axis++) {
      int[] along = PointSampling.along(axis, points.plain());
      Tensor moved = points.times(call.tensor("x"), call.direction("positions"), axis);
      Tensor change = points.add(moved, along, call.parallel());
      sum = Elementwise.zip(Arithmetic.ADD, sum, change, call.parallel());
    }
    return Outputs.of(sum);
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> g = call.cotangent("y", Tensor.class);
    Variable<Tensor> positions = call.input("positions");
    return Arrays.asList(
        call.needsGrad("x")
            ? new Interpolate().call(Interpolate.kind(Arguments.of(g, positions), call))
            : null,
        call.needsGrad("positions")
            ? new PositionSlopes()
                .call(Interpolate.kind(Arguments.of(g, call.input("x"), positions), call))
            : null);
  }

  @Override
  public Weight weight(OperatorCall call) {
    long grid = alike ? call.tensor("like").size() : call.value("shape", Shape.class).size();
    return Work.weight(call.tensor("positions").size() + grid, 16);
  }
}
