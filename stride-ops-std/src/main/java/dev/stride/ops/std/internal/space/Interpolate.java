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
 * Fields at points between the nodes of their grid.
 *
 * <p>Computes {@code y[p] = sum over nodes k of w(q_p - k) x[k]}, with {@code w} the product over
 * the axes of
 *
 * <ul>
 *   <li>{@code linear} (the default): {@code 1 - |t|} for the 2 nearest nodes of an axis.
 *   <li>{@code sinc}: {@code sin(pi t) / (pi t)} under a Kaiser window, for the 8 nearest nodes;
 *       beyond the grid the field is taken to be 0. At a node it gives what stands there. Hicks
 *       (2002), doi:10.1190/1.1451454.
 * </ul>
 *
 * <p>For a cotangent {@code g} the adjoint is {@code sum_p w(q_p - k) g[p]} for x, which is {@code
 * stride.inject}, and {@code g[p]} times the slope of the interpolated field for the positions.
 * Slopes have kinks at the lines of the grid: with {@code linear} they jump there, and at a line
 * the slope of the cell behind it counts, at the last one that before it; with {@code sinc} they
 * jump by less than 1 % of the field.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., grid], such as [time, y, x]<td>any
 *   <tr><td>positions<td>[point, axis]: a coordinate for each of the last axes of x, from 0 to the
 *       extent less 1<td>points (a length divided by the spacing)
 *   <tr><td>kind (optional, auxiliary)<td>linear or sinc<td>1
 *   <tr><td>y (output)<td>[..., point]<td>as x
 * </table>
 *
 * <p>Saves nothing; the adjoint sees the arguments. Allocates the positions in float64; the adjoint
 * for x one field in float64 for each thread. Sums in float64 in the order of the points; results
 * do not depend on threads. Stateless: one instance serves any number of concurrent calls.
 */
final class Interpolate
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.interpolate")
          .input("x")
          .input("positions")
          .input(Port.auxiliary("kind", String.class).optional())
          .output("y")
          .linearIn("x")
          .build();

  static List<Sample> samples() {
    Tensor plane = Singles.normal(Shape.of(5, 7));
    Tensor points = Tensor.of(Shape.of(4, 2), 0.3, 5.6, 3.7, 0.2, 3.6, 0.25, 2.45, 3.5);
    return List.of(
        Sample.of(plane, points),
        Sample.of(plane, points, "sinc"),
        Sample.of(Singles.normal(Shape.of(3, 5, 7)), points).described("a batch of planes"),
        Sample.of(Singles.normal(Shape.of(2, 3, 4, 5)), Tensor.of(Shape.of(1, 3), 0.5, 1.3, 3.7)),
        Sample.of(Singles.normal(Shape.of(3, 4, 5)), Tensor.of(Shape.of(1, 3), 0.5, 1.3, 3.7))
            .with("kind", "sinc"),
        Sample.of(Singles.normal(Shape.of(2)), Tensor.of(Shape.of(1, 1), 0.25)),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), Tensor.of(Shape.of(2, 1), 12.6, 4.3))
            .described("large numbers"),
        Sample.of(plane.times(1e-6), points).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(0, 5, 7)), points).described("no plane"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    Operands.sameType(call, "x", x, "positions", call.tensor("positions"));
    PointSampling points = points(call);
    return Outputs.of(points.read(x, points.plain(), call.parallel()));
  }

  private static PointSampling points(OperatorCall call) {
    return PointSampling.of(call, "x", call.tensor("x").shape());
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    PointSampling points = points(call);
    Tensor g = call.cotangent();
    return Gradients.of(
        call.needsGrad("x") ? points.add(g, points.plain(), call.parallel()) : null,
        call.needsGrad("positions")
            ? points.slopes(call.tensor("x"), g, points.plain(), call.parallel())
            : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    PointSampling points = points(call);
    Tensor sum = points.read(call.direction("x"), points.plain(), call.parallel());
    for (int axis = 0; axis < points.axes(); axis++) {
      int[] along = PointSampling.along(axis, points.plain());
      Tensor slope = points.read(call.tensor("x"), along, call.parallel());
      Tensor change = points.times(slope, call.direction("positions"), axis);
      sum = Elementwise.zip(Arithmetic.ADD, sum, change, call.parallel());
    }
    return Outputs.of(sum);
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> g = call.cotangent("y", Tensor.class);
    Variable<Tensor> x = call.input("x");
    Variable<Tensor> positions = call.input("positions");
    return Arrays.asList(
        call.needsGrad("x")
            ? Inject.alike().call(kind(Arguments.of(g, positions, x.detach()), call))
            : null,
        call.needsGrad("positions")
            ? new PositionSlopes().call(kind(Arguments.of(x, g, positions), call))
            : null);
  }

  /** The arguments and the kind of this call. */
  static Arguments kind(Arguments arguments, VariableCall call) {
    return call.has("kind") ? arguments.with("kind", call.value("kind", String.class)) : arguments;
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight((long) call.tensor("positions").size() + call.tensor("x").size(), 16);
  }
}
