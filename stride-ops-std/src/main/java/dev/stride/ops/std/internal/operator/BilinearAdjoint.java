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
 * A transpose of a {@link BilinearOperator} as an operator of its own, so that gradients can be
 * differentiated again.
 *
 * <p>A product and its two transposes are the three ways to read one trilinear form {@code
 * <cotangent, f(a, b)>}, so the adjoint of each is made of the other two. The auxiliary {@code
 * like} tells the shape of the result; its values are not used.
 */
public final class BilinearAdjoint
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final BilinearOperator product;
  private final boolean towardsA;
  private final Signature signature;

  private BilinearAdjoint(BilinearOperator product, boolean towardsA) {
    this.product = product;
    this.towardsA = towardsA;
    this.signature =
        Signature.named(product.name() + (towardsA ? "-adjoint-a" : "-adjoint-b"))
            .input("cotangent")
            .input("other")
            .auxiliary("like", Tensor.class)
            .output("y")
            .linearIn("cotangent", "other")
            .adjointNeeds("cotangent", "other")
            .build();
  }

  /** The transpose that takes cotangent and {@code b} to the gradient of {@code a}. */
  public static BilinearAdjoint towardsA(BilinearOperator product) {
    return new BilinearAdjoint(product, true);
  }

  /** The transpose that takes cotangent and {@code a} to the gradient of {@code b}. */
  public static BilinearAdjoint towardsB(BilinearOperator product) {
    return new BilinearAdjoint(product, false);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor cotangent = call.tensor("cotangent");
    Tensor other = call.tensor("other");
    return Outputs.of(apply(cotangent, other, call.tensor("like").shape(), call.parallel()));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor direction = call.cotangent();
    Tensor other = call.tensor("other");
    Parallel parallel = call.parallel();
    return Gradients.of(
        call.needsGrad("cotangent") ? multiply(direction, other, parallel) : null,
        call.needsGrad("other")
            ? opposite().apply(call.tensor("cotangent"), direction, other.shape(), parallel)
            : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Shape like = call.tensor("like").shape();
    Parallel parallel = call.parallel();
    return Outputs.of(
        Elementwise.zip(
            Arithmetic.ADD,
            apply(call.direction("cotangent"), call.tensor("other"), like, parallel),
            apply(call.tensor("cotangent"), call.direction("other"), like, parallel),
            parallel));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> direction = call.cotangent("y", Tensor.class);
    Variable<Tensor> cotangent = call.input("cotangent");
    Variable<Tensor> other = call.input("other");
    return Arrays.asList(
        call.needsGrad("cotangent") ? multiply(direction, other) : null,
        call.needsGrad("other") ? opposite().call(cotangent, direction, other.detach()) : null);
  }

  @Override
  public Weight weight(OperatorCall call) {
    Shape other = call.tensor("other").shape();
    Shape cotangent = call.tensor("cotangent").shape();
    return Work.weight(Math.max(product.work(cotangent, other), product.work(other, cotangent)), 1);
  }

  private Tensor apply(Tensor cotangent, Tensor other, Shape like, Parallel parallel) {
    return towardsA
        ? product.towardsA(cotangent, other, like, parallel)
        : product.towardsB(cotangent, other, like, parallel);
  }

  private Tensor multiply(Tensor direction, Tensor other, Parallel parallel) {
    return towardsA
        ? product.product(direction, other, parallel)
        : product.product(other, direction, parallel);
  }

  private Variable<Tensor> multiply(Variable<Tensor> direction, Variable<Tensor> other) {
    return towardsA ? product.call(direction, other) : product.call(other, direction);
  }

  private BilinearAdjoint opposite() {
    return new BilinearAdjoint(product, !towardsA);
  }
}
