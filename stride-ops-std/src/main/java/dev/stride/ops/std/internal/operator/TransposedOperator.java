package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transpose {@code A^T cotangent} of a {@link LinearOperator} as an operator of its own, so
 * that gradients can be differentiated again. Its adjoint is {@code A}.
 *
 * <p>The auxiliary {@code argument} tells the shape of the original {@code x}; its values are not
 * used.
 */
public final class TransposedOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final LinearOperator original;
  private final Signature signature;

  public TransposedOperator(LinearOperator original) {
    this.original = original;
    Signature.Builder builder =
        Signature.named(original.name() + "-adjoint")
            .input("cotangent")
            .auxiliary("argument", Tensor.class);
    original.signature().inputs().stream()
        .filter(port -> !port.differentiable())
        .forEach(builder::input);
    this.signature = builder.output("y").linearIn("cotangent").adjointNeeds().build();
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    LinearMap map = map(call);
    return Outputs.of(map.adjoint(call.tensor("cotangent"), call.parallel())).saving(map);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(call.saved(LinearMap.class).forward(call.cotangent(), call.parallel()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    return Outputs.of(map(call).adjoint(call.direction("cotangent"), call.parallel()));
  }

  private LinearMap map(OperatorCall call) {
    LinearMap map = original.map(call.tensor("argument").shape(), call);
    if (!map.to().equals(call.tensor("cotangent").shape())) {
      throw Operands.wrong(
          call,
          "`cotangent` has shape "
              + call.tensor("cotangent").shape()
              + "; the output of "
              + original.name()
              + " has shape "
              + map.to()
              + ". Give a cotangent of that shape.");
    }
    return map;
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Arguments arguments = Arguments.of(call.cotangent("y", Tensor.class));
    return List.of(original.call(original.withAuxiliaries(arguments, call)));
  }

  @Override
  public Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      LinearMap map = adjoint.saved(LinearMap.class);
      return Work.weight((long) map.from().size() + map.to().size(), original.steps());
    }
    long elements = (long) call.tensor("argument").size() + call.tensor("cotangent").size();
    return Work.weight(elements, original.steps());
  }
}
