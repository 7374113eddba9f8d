package dev.stride.ops.std.internal.space;

import dev.stride.api.AdjointCall;
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
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Scaling;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tikhonov's regulariser: half the squared slopes of a field, which makes it smooth.
 *
 * <p>Computes {@code loss = 1/2 sum(w * sum_a d_a^2)}, where {@code d} is {@code stride.gradient}
 * of order 1 with edges {@code mirror} of {@code x}, or of {@code x - reference}: forward
 * differences, the last of which is 0. For a cotangent {@code g} the adjoint is {@code -g div(w *
 * d)} with {@code stride.divergence} of the same kind. For {@code 1/2 sum(w * (x - reference)^2)}
 * use {@code stride.l2-distance}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []; typically [y, x] or [z, y, x]<td>any
 *   <tr><td>spacing (variadic, auxiliary)<td>one number for all axes, or a list of one per
 *       axis<td>m
 *   <tr><td>weights (optional, auxiliary)<td>as x<td>1
 *   <tr><td>reference (optional, auxiliary)<td>as x<td>as x
 *   <tr><td>loss (output)<td>[]<td>(unit of x over m)^2
 * </table>
 *
 * <p>Saves nothing; the adjoint sees the arguments. Allocates up to two tensors of the size of the
 * gradient. Sums in float64 in a fixed order; results do not depend on threads. Stateless: one
 * instance serves any number of concurrent calls.
 */
final class Tikhonov
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.tikhonov")
          .input("x")
          .input(Port.auxiliary("spacing", Number.class).variadic())
          .input(Port.auxiliary("weights", Tensor.class).optional())
          .input(Port.auxiliary("reference", Tensor.class).optional())
          .output("loss")
          .build();

  private final GridGradient gradient = new GridGradient();
  private final RowLoops loops = new RowLoops();

  static List<Sample> samples() {
    Shape plane = Shape.of(4, 3);
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 5)), 2.0),
        Sample.of(Singles.normal(Shape.of(3, 4, 2)), List.of(1.0, 0.5, 2.0)),
        Sample.of(Singles.normal(plane), 1.0)
            .with("weights", Pairs.positive(plane, 26))
            .with("reference", Pairs.positive(plane, 27))
            .described("weighted, to a reference"),
        Sample.of(Singles.normal(Shape.of(2)), 1.0).described("two points"),
        Sample.of(Singles.normal(Shape.of(2, 2, 3, 2)), 1.0),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), 1.0).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(5, 3)).times(1e-6), 1.0).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 1.0).described("empty"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  private StackedDifferences differences(OperatorCall call) {
    Tensor x = call.tensor("x");
    GridPorts.requireAxes(call, x.shape());
    for (String port : List.of("weights", "reference")) {
      if (call.has(port)) {
        Operands.sameType(call, "x", x, port, call.tensor(port));
        Operands.sameShape(call, "x", x, port, call.tensor(port));
      }
    }
    return GridGradient.differences(
        loops, x.shape(), GridPorts.spacing(call, x.shape()), 1, Edge.MIRROR);
  }

  private static Tensor slopes(StackedDifferences differences, OperatorCall call) {
    Tensor x = call.tensor("x");
    Tensor apart =
        call.has("reference")
            ? Elementwise.zip(Arithmetic.SUBTRACT, x, call.tensor("reference"), call.parallel())
            : x;
    return differences.stacked(apart, call.parallel());
  }

  private static Tensor weighted(Tensor slopes, OperatorCall call) {
    return call.has("weights")
        ? Elementwise.zip(Arithmetic.MULTIPLY, slopes, call.tensor("weights"), call.parallel())
        : slopes;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor slopes = slopes(differences(call), call);
    double sum = Reduction.dot(slopes, weighted(slopes, call), call.parallel());
    return Outputs.of(Tensor.scalar(0.5 * sum, slopes.dataType()));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    StackedDifferences differences = differences(call);
    Tensor flow = weighted(slopes(differences, call), call);
    Tensor gradient = differences.transposed(1).summed(flow, call.parallel());
    double g = call.cotangent().item();
    return Gradients.of(Elementwise.map(new Scaling(g), gradient, call.parallel()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    StackedDifferences differences = differences(call);
    Tensor flow = weighted(slopes(differences, call), call);
    Tensor change = differences.stacked(call.direction("x"), call.parallel());
    double along = Reduction.dot(flow, change, call.parallel());
    return Outputs.of(Tensor.scalar(along, flow.dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> x = call.input("x");
    GridCall grid = GridCall.of(call, 1, Edge.MIRROR);
    Variable<Tensor> apart = call.has("reference") ? x.minus(call.input("reference").detach()) : x;
    Variable<Tensor> slopes = grid.apply(gradient, apart);
    Variable<Tensor> flow =
        call.has("weights") ? slopes.times(call.input("weights").detach()) : slopes;
    Variable<Tensor> scaled = flow.times(call.cotangent("loss", Tensor.class));
    return Arrays.asList(grid.transpose(gradient, scaled, x));
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(call.tensor("x").size(), 20);
  }
}
