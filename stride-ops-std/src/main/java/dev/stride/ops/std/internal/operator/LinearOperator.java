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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator {@code y = A x} whose only differentiable input is {@code x}; the others, all
 * auxiliary, select the {@link LinearMap}.
 *
 * <p>The adjoint is {@code A^T}, the tangent {@code A}, and gradients of gradients come from {@link
 * TransposedOperator}. Saves the map alone.
 */
public abstract class LinearOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final Signature signature;

  /**
   * Takes the name and the auxiliary ports.
   *
   * @param auxiliary the inputs behind {@code x}
   */
  protected LinearOperator(String name, Port... auxiliary) {
    Signature.Builder builder = Signature.named(name).input("x");
    List.of(auxiliary).forEach(builder::input);
    this.signature = builder.output("y").linearIn("x").adjointNeeds().build();
  }

  /** The map for arguments of this shape, checked. Reads auxiliary arguments of the call only. */
  protected abstract LinearMap map(Shape x, OperatorCall call);

  /** Simple arithmetic steps that an element takes. */
  protected long steps() {
    return 1;
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    LinearMap map = map(x.shape(), call);
    return Outputs.of(map.forward(x, call.parallel())).saving(map);
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    return Gradients.of(call.saved(LinearMap.class).adjoint(call.cotangent(), call.parallel()));
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    return Outputs.of(
        map(call.tensor("x").shape(), call).forward(call.direction("x"), call.parallel()));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
    Arguments arguments = Arguments.of(cotangent, call.like("x"));
    return List.of(new TransposedOperator(this).call(withAuxiliaries(arguments, call)));
  }

  /** The arguments and this operator's auxiliary ones, by name. */
  protected Arguments withAuxiliaries(Arguments arguments, VariableCall call) {
    return Auxiliaries.add(signature, arguments, call);
  }

  @Override
  public final Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      LinearMap map = adjoint.saved(LinearMap.class);
      return Work.weight((long) map.from().size() + map.to().size(), steps());
    }
    return Work.weight(2L * call.tensor("x").size(), steps());
  }
}
