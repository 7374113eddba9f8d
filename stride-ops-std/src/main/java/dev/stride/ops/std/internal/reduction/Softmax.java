package dev.stride.ops.std.internal.reduction;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
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
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Folds;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exponentials along an axis, divided by their sum, without overflow.
 *
 * <p>Computes {@code y_i = e^(x_i - m) / sum_k e^(x_k - m)} with the largest element {@code m}. For
 * a cotangent {@code g} the adjoint is {@code y_i (g_i - sum_k g_k y_k)}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any of rank 1 or more<td>1
 *   <tr><td>axis (auxiliary)<td>whole number from 0, or negative from the end; -1 if left out<td>1
 *   <tr><td>y (output)<td>as x<td>1
 * </table>
 *
 * <p>Keeps y; needs room for one tensor like x while it runs. Deterministic and stateless: one
 * instance serves any number of concurrent calls.
 */
final class Softmax
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Expression A = Expression.operand(0);
  private static final Expression B = Expression.operand(1);
  private static final Expression C = Expression.operand(2);
  private static final Kernel EXPONENTIAL = Kernel.of(UnaryFunction.EXP.of(A.minus(B)), 2);
  private static final Kernel QUOTIENT = Kernel.of(A.over(B), 2);
  private static final Kernel PRODUCT = Kernel.of(A.times(B), 2);
  private static final Expression RESULT = B.times(A.minus(C));
  private static final Kernel DERIVATIVE = Kernel.of(RESULT, 3);

  private static final Signature SIGNATURE =
      Signature.named("stride.softmax")
          .input("x")
          .input(Port.auxiliary("axis", Number.class).optional())
          .output("y")
          .adjointNeeds("axis")
          .keepsOutputs("y")
          .build();

  private final ElementOperator product =
      new ElementOperator(
          Formula.named("stride.multiply")
              .input("a")
              .input("b")
              .linearIn("a", "b")
              .computes(A.times(B)));
  private final ElementOperator derivative =
      new ElementOperator(
          Formula.named("stride.softmax-adjoint")
              .input("cotangent")
              .input("result")
              .input("mean")
              .computes(RESULT));

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 7))),
        Sample.of(Singles.normal(Shape.of(4, 7)), 0).described("columns"),
        Sample.of(Singles.normal(Shape.of(2, 3, 5)), 1).described("a middle axis"),
        Sample.of(Singles.normal(Shape.of(2, 3, 2, 2)), -2).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 1).described("empty"),
        Sample.of(Singles.normal(Shape.of(31)).times(4)).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(4, 3)).times(1e-6))
            .scaled(1e5)
            .described("small numbers"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(value(call));
  }

  private static Tensor value(OperatorCall call) {
    Tensor x = call.tensor("x");
    Parallel parallel = call.parallel();
    Axes axes = OneAxis.of(call, x.shape());
    Tensor terms = EXPONENTIAL.map(parallel, x, Folds.MAX.over(axes, x, parallel));
    return QUOTIENT.map(parallel, terms, Reduction.sum(terms, axes, 1, parallel));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(derivative(call, call.cotangent(), call.output("y")));
  }

  /** The derivative along a direction, which is its own transpose. */
  private static Tensor derivative(OperatorCall call, Tensor v, Tensor y) {
    Parallel parallel = call.parallel();
    Axes axes = OneAxis.of(call, y.shape());
    Tensor mean = Reduction.sum(PRODUCT.terms(v, y), axes, 1, parallel);
    return DERIVATIVE.map(parallel, v, y, mean);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    return Outputs.of(derivative(call, call.direction("x"), value(call)));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> g = call.cotangent("y", Tensor.class);
    Variable<Tensor> y = call.output("y", Tensor.class);
    int axis = call.has("axis") ? call.value("axis", Number.class).intValue() : -1;
    Arguments along =
        Arguments.of(product.call(g, y)).with("axes", List.of(axis)).with("keepdims", true);
    return List.of(derivative.call(g, y, new Sum().call(along)));
  }

  @Override
  public Weight weight(OperatorCall call) {
    return call instanceof AdjointCall adjoint
        ? Work.weight(adjoint.output("y").size(), 4)
        : Work.weight(call.tensor("x").size(), 20);
  }
}
