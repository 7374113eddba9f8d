package dev.stride.ops.std.internal.operator;

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
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product {@code y = f(a, b)}, linear in each of its inputs: all of it follows from the product
 * and its two transposes. Auxiliary inputs may select the product.
 *
 * <p>The adjoint needs both arguments and saves nothing else. Gradients of gradients come from
 * {@link BilinearAdjoint}.
 */
public abstract class BilinearOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final String a;
  private final String b;
  private final Signature signature;

  /** A product of {@code a} and {@code b} that takes nothing else. */
  protected BilinearOperator(String name) {
    this(name, "a", "b");
  }

  /**
   * Takes the names.
   *
   * @param a port of the first factor
   * @param b port of the second factor
   * @param auxiliary the inputs behind them
   */
  protected BilinearOperator(String name, String a, String b, Port... auxiliary) {
    this.a = a;
    this.b = b;
    Signature.Builder builder = Signature.named(name).input(a).input(b);
    List.of(auxiliary).forEach(builder::input);
    this.signature = builder.output("y").linearIn(a, b).build();
  }

  /** Checks that the shapes go together. */
  protected abstract void check(OperatorCall call, Tensor a, Tensor b);

  /** {@code f(a, b)}. Reads auxiliary arguments of the call only, as the transposes do. */
  protected abstract Tensor product(OperatorCall call, Tensor a, Tensor b);

  /** The transpose of {@code a -> f(a, b)} applied to a cotangent; of shape {@code a}. */
  protected abstract Tensor towardsA(OperatorCall call, Tensor cotangent, Tensor b, Shape a);

  /** The transpose of {@code b -> f(a, b)} applied to a cotangent; of shape {@code b}. */
  protected abstract Tensor towardsB(OperatorCall call, Tensor cotangent, Tensor a, Shape b);

  /** Simple arithmetic steps of a product of such shapes. */
  protected abstract long work(Shape a, Shape b);

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor first = call.tensor(a);
    Tensor second = call.tensor(b);
    Operands.sameType(call, a, first, b, second);
    check(call, first, second);
    return Outputs.of(product(call, first, second));
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    Tensor cotangent = call.cotangent();
    Tensor first = call.tensor(a);
    Tensor second = call.tensor(b);
    return Gradients.of(
        call.needsGrad(a) ? towardsA(call, cotangent, second, first.shape()) : null,
        call.needsGrad(b) ? towardsB(call, cotangent, first, second.shape()) : null);
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Tensor alongA = product(call, call.direction(a), call.tensor(b));
    Tensor alongB = product(call, call.tensor(a), call.direction(b));
    return Outputs.of(Elementwise.zip(Arithmetic.ADD, alongA, alongB, call.parallel()));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
    Variable<Tensor> first = call.input(a);
    Variable<Tensor> second = call.input(b);
    return Arrays.asList(
        call.needsGrad(a)
            ? BilinearAdjoint.towardsA(this).call(arguments(call, cotangent, second, first))
            : null,
        call.needsGrad(b)
            ? BilinearAdjoint.towardsB(this).call(arguments(call, cotangent, first, second))
            : null);
  }

  private Arguments arguments(
      VariableCall call,
      Variable<Tensor> cotangent,
      Variable<Tensor> other,
      Variable<Tensor> like) {
    return Auxiliaries.add(signature, Arguments.of(cotangent, other, like.detach()), call);
  }

  @Override
  public final Weight weight(OperatorCall call) {
    return Work.weight(work(call.tensor(a).shape(), call.tensor(b).shape()), 1);
  }
}
