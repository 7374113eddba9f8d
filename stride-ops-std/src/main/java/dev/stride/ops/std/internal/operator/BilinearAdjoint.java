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
import java.util.stream.Stream;
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
    List<Port> auxiliary =
        product.signature().inputs().stream().filter(port -> !port.differentiable()).toList();
    Signature.Builder builder =
        Signature.named(product.name() + (towardsA ? "-adjoint-a" : "-adjoint-b"))
            .input("cotangent")
            .input("other")
            .auxiliary("like", Tensor.class);
    auxiliary.forEach(builder::input);
    Stream<String> needed =
        Stream.concat(Stream.of("cotangent", "other"), auxiliary.stream().map(Port::name));
    this.signature =
        builder
            .output("y")
            .linearIn("cotangent", "other")
            .adjointNeeds(needed.toArray(String[]::new))
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
    Tensor like = call.tensor("like");
    product.check(call, towardsA ? like : other, towardsA ? other : like);
    return Outputs.of(apply(call, cotangent, other, like.shape()));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor direction = call.cotangent();
    Tensor other = call.tensor("other");
    return Gradients.of(
        call.needsGrad("cotangent") ? multiply(call, direction, other) : null,
        call.needsGrad("other")
            ? opposite().apply(call, call.tensor("cotangent"), direction, other.shape())
            : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Shape like = call.tensor("like").shape();
    return Outputs.of(
        Elementwise.zip(
            Arithmetic.ADD,
            apply(call, call.direction("cotangent"), call.tensor("other"), like),
            apply(call, call.tensor("cotangent"), call.direction("other"), like),
            call.parallel()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> direction = call.cotangent("y", Tensor.class);
    Variable<Tensor> cotangent = call.input("cotangent");
    Variable<Tensor> other = call.input("other");
    Arguments factors = towardsA ? Arguments.of(direction, other) : Arguments.of(other, direction);
    Arguments opposite = Arguments.of(cotangent, direction, other.detach());
    return Arrays.asList(
        call.needsGrad("cotangent") ? product.call(withAuxiliaries(factors, call)) : null,
        call.needsGrad("other") ? opposite().call(withAuxiliaries(opposite, call)) : null);
  }

  private Arguments withAuxiliaries(Arguments arguments, VariableCall call) {
    return Auxiliaries.add(product.signature(), arguments, call);
  }

  @Override
  public Weight weight(OperatorCall call) {
    Shape other = call.tensor("other").shape();
    Shape cotangent = call.tensor("cotangent").shape();
    return Work.weight(Math.max(product.work(cotangent, other), product.work(other, cotangent)), 1);
  }

  private Tensor apply(OperatorCall call, Tensor cotangent, Tensor other, Shape like) {
    return towardsA
        ? product.towardsA(call, cotangent, other, like)
        : product.towardsB(call, cotangent, other, like);
  }

  private Tensor multiply(OperatorCall call, Tensor direction, Tensor other) {
    return towardsA
        ? product.product(call, direction, other)
        : product.product(call, other, direction);
  }

  private BilinearAdjoint opposite() {
    return new BilinearAdjoint(product, !towardsA);
  }
}
