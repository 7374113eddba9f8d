package dev.stride.ops.std.internal.space;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
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
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Function;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Scaling;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.SumTo;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smoothed total variation of a field: a regulariser that allows jumps.
 *
 * <p>Computes {@code loss = sum(w * m)} with {@code m = sqrt(sum_a d_a^2 + epsilon^2)}, where
 * {@code d} is {@code stride.gradient} of order 1 with edges {@code mirror}: forward differences,
 * the last of which is 0. For a cotangent {@code g} the adjoint is {@code -div(g * w * d / m)} with
 * {@code stride.divergence} of the same kind. Rudin, Osher and Fatemi (1992),
 * doi:10.1016/0167-2789(92)90242-F.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []; typically [y, x] or [z, y, x]<td>any
 *   <tr><td>epsilon (auxiliary)<td>positive number: slopes below it count as smooth<td>unit of x
 *       over m
 *   <tr><td>spacing (variadic, auxiliary)<td>one number for all axes, or a list of one per
 *       axis<td>m
 *   <tr><td>weights (optional, auxiliary)<td>as x<td>1
 *   <tr><td>loss (output)<td>[]<td>unit of x over m
 * </table>
 *
 * <p>Saves nothing; the adjoint sees the arguments. Allocates a few tensors of the size of the
 * gradient. Sums in float64 in a fixed order; results do not depend on threads. Stateless: one
 * instance serves any number of concurrent calls.
 */
final class TotalVariation
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.total-variation")
          .input("x")
          .auxiliary("epsilon", Number.class)
          .input(Port.auxiliary("spacing", Number.class).variadic())
          .input(Port.auxiliary("weights", Tensor.class).optional())
          .output("loss")
          .build();

  private static final Kernel SQUARE =
      Kernel.of(Expression.operand(0).times(Expression.operand(0)), 1);
  private static final Kernel RAISED =
      Kernel.of(Expression.operand(0).plus(Expression.parameter(0)), 1);

  private final GridGradient gradient = new GridGradient();
  private final RowLoops loops = new RowLoops();
  private final SumTo sumTo = new SumTo();

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 5)), 0.5, 2.0),
        Sample.of(Singles.normal(Shape.of(3, 4, 2)), 1.0, List.of(1.0, 0.5, 2.0)),
        Sample.of(Singles.normal(Shape.of(4, 3)), 0.3, 1.0)
            .with("weights", Pairs.positive(Shape.of(4, 3), 26))
            .described("weighted"),
        Sample.of(Singles.normal(Shape.of(2)), 0.7, 1.0).described("two points"),
        Sample.of(Singles.normal(Shape.of(2, 2, 3, 2)), 0.7, 1.0),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), 5e5, 1.0).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(5, 3)).times(1e-6), 5e-7, 1.0).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 1.0, 1.0).described("empty"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  private StackedDifferences differences(OperatorCall call) {
    Tensor x = call.tensor("x");
    GridPorts.requireAxes(call, x.shape());
    if (!(call.number("epsilon") > 0) || Double.isInfinite(call.number("epsilon"))) {
      throw Operands.wrong(
          call, "`epsilon` is " + call.number("epsilon") + "; it must be positive and finite.");
    }
    if (call.has("weights")) {
      Operands.sameType(call, "x", x, "weights", call.tensor("weights"));
      Operands.sameShape(call, "x", x, "weights", call.tensor("weights"));
    }
    return GridGradient.differences(
        loops, x.shape(), GridPorts.spacing(call, x.shape()), 1, Edge.MIRROR);
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor size = size(differences(call).stacked(call.tensor("x"), call.parallel()), call);
    double loss =
        call.has("weights")
            ? Reduction.dot(call.tensor("weights"), size, call.parallel())
            : Reduction.sum(size, call.parallel());
    return Outputs.of(Tensor.scalar(loss, size.dataType()));
  }

  /** {@code sqrt(sum_a d_a^2 + epsilon^2)}. */
  private static Tensor size(Tensor slopes, OperatorCall call) {
    Parallel parallel = call.parallel();
    double epsilon = call.number("epsilon");
    Tensor squares = SQUARE.map(parallel, slopes);
    Tensor sum = Reduction.sumTo(squares, call.tensor("x").shape(), parallel);
    return Elementwise.map(
        Function.SQRT, RAISED.map(parallel, new double[] {epsilon * epsilon}, sum), parallel);
  }

  /** {@code w d / m}. */
  private static Tensor flow(Tensor slopes, OperatorCall call) {
    Tensor flow = Elementwise.zip(Arithmetic.DIVIDE, slopes, size(slopes, call), call.parallel());
    return call.has("weights")
        ? Elementwise.zip(Arithmetic.MULTIPLY, flow, call.tensor("weights"), call.parallel())
        : flow;
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    StackedDifferences differences = differences(call);
    Tensor flow = flow(differences.stacked(call.tensor("x"), call.parallel()), call);
    Tensor scaled = Elementwise.map(new Scaling(call.cotangent().item()), flow, call.parallel());
    return Gradients.of(differences.transposed(1).summed(scaled, call.parallel()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    StackedDifferences differences = differences(call);
    Tensor flow = flow(differences.stacked(call.tensor("x"), call.parallel()), call);
    Tensor change = differences.stacked(call.direction("x"), call.parallel());
    double along = Reduction.dot(flow, change, call.parallel());
    return Outputs.of(Tensor.scalar(along, flow.dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> x = call.input("x");
    double epsilon = call.value("epsilon", Number.class).doubleValue();
    GridCall grid = GridCall.of(call, 1, Edge.MIRROR);
    Variable<Tensor> slopes = grid.apply(gradient, x);
    Variable<Tensor> squares = sumTo.call(slopes.times(slopes), x.detach());
    Variable<Tensor> flow = slopes.div(squares.plus(epsilon * epsilon).sqrt());
    Variable<Tensor> weighted =
        call.has("weights") ? flow.times(call.input("weights").detach()) : flow;
    Variable<Tensor> scaled = weighted.times(call.cotangent("loss", Tensor.class));
    return Arrays.asList(grid.transpose(gradient, scaled, x));
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(call.tensor("x").size(), 20);
  }
}
