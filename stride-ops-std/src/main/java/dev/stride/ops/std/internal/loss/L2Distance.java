package dev.stride.ops.std.internal.loss;

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
 * Half the squared L2 distance between modelled and observed traces.
 *
 * <p>With the residual {@code r = modelled - observed}, computes {@code loss = 1/2 sum(w * r * r)}
 * with weights {@code w}, 1 if they are left out. For a cotangent {@code g} the adjoint is {@code g
 * * w * r} for {@code modelled} and {@code -g * w * r} for {@code observed}; there is none for the
 * weights.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>modelled<td>any, typically [source, receiver, time]<td>Pa
 *   <tr><td>observed<td>as modelled<td>Pa
 *   <tr><td>weights (optional, auxiliary)<td>as modelled<td>1
 *   <tr><td>loss (output)<td>[]<td>Pa^2
 * </table>
 *
 * <p>Saves nothing; the adjoint sees the arguments. The sum accumulates in float64 in a fixed
 * order, so results do not depend on threads. Stateless: one instance serves any number of
 * concurrent shots.
 *
 * @see <a href="https://doi.org/10.1190/1.1441754">Tarantola (1984)</a>
 */
final class L2Distance
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.l2-distance")
          .input("modelled")
          .input("observed")
          .input(Port.auxiliary("weights", Tensor.class).optional())
          .output("loss")
          .build();

  static List<Sample> samples() {
    Tensor modelled = Singles.normal(Shape.of(2, 3, 16));
    Tensor observed = Pairs.positive(modelled.shape(), 25);
    return List.of(
        Sample.of(modelled, observed),
        Sample.of(modelled, observed, Pairs.positive(modelled.shape(), 26)).described("weighted"),
        Sample.of(Singles.normal(Shape.of(1)), Pairs.positive(Shape.of(1), 27)),
        Sample.of(Singles.normal(Shape.SCALAR), Pairs.positive(Shape.SCALAR, 28)),
        Sample.of(modelled.times(1e-6), observed.times(1e-6)).described("faint traces"),
        Sample.of(Singles.normal(Shape.of(4, 7)), Pairs.positive(Shape.of(4, 7), 27)),
        Sample.of(Singles.normal(Shape.of(2, 1, 2, 3)), Pairs.positive(Shape.of(2, 1, 2, 3), 27)),
        Sample.of(Singles.normal(Shape.of(0, 3)), Pairs.positive(Shape.of(0, 3), 27))
            .described("empty"),
        Sample.of(modelled.times(1e6), observed.times(1e6)).described("loud traces"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor modelled = call.tensor("modelled");
    Tensor observed = call.tensor("observed");
    checkAlike(call, modelled, "observed", observed);
    Tensor residual = residual(call);
    double loss = 0.5 * Reduction.dot(residual, weighted(call, residual), call.parallel());
    return Outputs.of(Tensor.scalar(loss, residual.dataType()));
  }

  private static Tensor residual(OperatorCall call) {
    return Elementwise.zip(
        Arithmetic.SUBTRACT, call.tensor("modelled"), call.tensor("observed"), call.parallel());
  }

  private static void checkAlike(OperatorCall call, Tensor modelled, String port, Tensor other) {
    Operands.sameType(call, "modelled", modelled, port, other);
    Operands.sameShape(call, "modelled", modelled, port, other);
  }

  private static Tensor weighted(OperatorCall call, Tensor residual) {
    if (!call.has("weights")) {
      return residual;
    }
    Tensor weights = call.tensor("weights");
    checkAlike(call, residual, "weights", weights);
    return Elementwise.zip(Arithmetic.MULTIPLY, weights, residual, call.parallel());
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    double g = call.cotangent().item();
    Tensor weighted = weighted(call, residual(call));
    return Gradients.of(
        call.needsGrad("modelled") ? scaled(call, weighted, g) : null,
        call.needsGrad("observed") ? scaled(call, weighted, -g) : null);
  }

  private static Tensor scaled(AdjointCall call, Tensor weighted, double factor) {
    return Elementwise.map(new Scaling(factor), weighted, call.parallel());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Parallel parallel = call.parallel();
    Tensor residual = residual(call);
    Tensor change =
        Elementwise.zip(
            Arithmetic.SUBTRACT, call.direction("modelled"), call.direction("observed"), parallel);
    double along = Reduction.dot(weighted(call, residual), change, parallel);
    return Outputs.of(Tensor.scalar(along, residual.dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> residual = call.input("modelled").minus(call.input("observed"));
    Variable<Tensor> weighted =
        call.has("weights") ? residual.times(call.input("weights").detach()) : residual;
    Variable<Tensor> gradient = weighted.times(call.cotangent("loss", Tensor.class));
    return Arrays.asList(
        call.needsGrad("modelled") ? gradient : null,
        call.needsGrad("observed") ? gradient.unaryMinus() : null);
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(2L * call.tensor("modelled").size(), 1);
  }
}
