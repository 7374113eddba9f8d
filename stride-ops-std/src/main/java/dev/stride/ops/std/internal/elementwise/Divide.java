package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
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
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Element-wise quotient, broadcast as NumPy does.
 *
 * <p>Computes {@code y = a / b}. For a cotangent {@code g} the adjoint is {@code g / b} for {@code
 * a} and {@code -(g / b) * (a / b)} for {@code b}, each summed over the axes along which that input
 * was repeated. Division by 0 gives infinity or NaN, as in IEEE 754.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>any<td>any
 *   <tr><td>b<td>one that broadcasts with that of a: aligned at the last axis, extents are equal or
 *       one of them is 1<td>any
 *   <tr><td>y (output)<td>the common shape<td>unit of a over unit of b
 * </table>
 *
 * <p>Saves nothing; the adjoint sees both arguments. Sums accumulate in float64 in a fixed order,
 * so results do not depend on threads. Stateless: one instance serves any number of concurrent
 * calls.
 */
final class Divide
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.divide").input("a").input("b").output("y").linearIn("a").build();

  private static final SumTo SUM_TO = new SumTo();

  static List<Sample> samples() {
    return Pairs.samplesOfProducts();
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = call.tensor("a");
    Tensor b = call.tensor("b");
    Operands.sameType(call, "a", a, "b", b);
    Operands.fit(call, "a", a, "b", b);
    return Outputs.of(quotient(a, b, call.parallel()));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor a = call.tensor("a");
    Tensor b = call.tensor("b");
    Parallel parallel = call.parallel();
    Tensor towardsA = quotient(call.cotangent(), b, parallel);
    return Gradients.of(
        call.needsGrad("a") ? Reduction.sumTo(towardsA, a.shape(), parallel) : null,
        call.needsGrad("b")
            ? Reduction.sumTo(change(towardsA, a, b, parallel), b.shape(), parallel)
            : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor b = call.tensor("b");
    Parallel parallel = call.parallel();
    Tensor alongA = quotient(call.direction("a"), b, parallel);
    Tensor relative = quotient(call.direction("b"), b, parallel);
    Tensor alongB = change(relative, call.tensor("a"), b, parallel);
    return Outputs.of(Elementwise.zip(Arithmetic.ADD, alongA, alongB, parallel));
  }

  private static Tensor quotient(Tensor a, Tensor b, Parallel parallel) {
    return Elementwise.zip(Arithmetic.DIVIDE, a, b, parallel);
  }

  /** {@code -relative * (a / b)}: the change of the quotient where b changes by that part of it. */
  private static Tensor change(Tensor relative, Tensor a, Tensor b, Parallel parallel) {
    Tensor product =
        Elementwise.zip(Arithmetic.MULTIPLY, relative, quotient(a, b, parallel), parallel);
    return Elementwise.map(new Scaling(-1), product, parallel);
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> a = call.input("a");
    Variable<Tensor> b = call.input("b");
    Variable<Tensor> towardsA = call.cotangent("y", Tensor.class).div(b);
    return Arrays.asList(
        call.needsGrad("a") ? SUM_TO.call(towardsA, a.detach()) : null,
        call.needsGrad("b")
            ? SUM_TO.call(towardsA.times(a.div(b)), b.detach()).unaryMinus()
            : null);
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight((long) call.tensor("a").size() + call.tensor("b").size(), 2);
  }
}
