package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
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
 * and its two transposes.
 *
 * <p>The adjoint needs both arguments and saves nothing else. Gradients of gradients come from
 * {@link BilinearAdjoint}.
 */
public abstract class BilinearOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final Signature signature;

  protected BilinearOperator(String name) {
    this.signature =
        Signature.named(name).input("a").input("b").output("y").linearIn("a", "b").build();
  }

  /** Checks that the shapes go together. */
  protected abstract void check(OperatorCall call, Tensor a, Tensor b);

  /** {@code f(a, b)}. */
  protected abstract Tensor product(Tensor a, Tensor b, Parallel parallel);

  /** The transpose of {@code a -> f(a, b)} applied to a cotangent; of shape {@code a}. */
  protected abstract Tensor towardsA(Tensor cotangent, Tensor b, Shape a, Parallel parallel);

  /** The transpose of {@code b -> f(a, b)} applied to a cotangent; of shape {@code b}. */
  protected abstract Tensor towardsB(Tensor cotangent, Tensor a, Shape b, Parallel parallel);

  /** Simple arithmetic steps of a product of such shapes. */
  protected abstract long work(Shape a, Shape b);

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor a = call.tensor("a");
    Tensor b = call.tensor("b");
    Operands.sameType(call, "a", a, "b", b);
    check(call, a, b);
    return Outputs.of(product(a, b, call.parallel()));
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    Tensor cotangent = call.cotangent();
    Tensor a = call.tensor("a");
    Tensor b = call.tensor("b");
    Parallel parallel = call.parallel();
    return Gradients.of(
        call.needsGrad("a") ? towardsA(cotangent, b, a.shape(), parallel) : null,
        call.needsGrad("b") ? towardsB(cotangent, a, b.shape(), parallel) : null);
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Parallel parallel = call.parallel();
    Tensor alongA = product(call.direction("a"), call.tensor("b"), parallel);
    Tensor alongB = product(call.tensor("a"), call.direction("b"), parallel);
    return Outputs.of(Elementwise.zip(Arithmetic.ADD, alongA, alongB, parallel));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
    Variable<Tensor> a = call.input("a");
    Variable<Tensor> b = call.input("b");
    return Arrays.asList(
        call.needsGrad("a") ? BilinearAdjoint.towardsA(this).call(cotangent, b, a.detach()) : null,
        call.needsGrad("b") ? BilinearAdjoint.towardsB(this).call(cotangent, a, b.detach()) : null);
  }

  @Override
  public final Weight weight(OperatorCall call) {
    return Work.weight(work(call.tensor("a").shape(), call.tensor("b").shape()), 1);
  }
}
