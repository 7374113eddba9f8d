package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transpose {@code A^T cotangent} of a {@link LinearOperator} on a device as an operator of its
 * own, so that gradients can be differentiated again. Its adjoint is {@code A}.
 *
 * <p>The auxiliary {@code argument} tells the shape and type of the original {@code x}; its values
 * are not used.
 */
final class TransposedOperator implements DeviceCode, DifferentiableOperator<Tensor> {

  private final LinearOperator original;
  private final Signature signature;

  TransposedOperator(LinearOperator original) {
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
  public ComputeDevice device() {
    return original.device();
  }

  private LinearMap map(OperatorCall call) {
    return original.map(call.tensor("argument"), call);
  }

  @Override
  public Outputs forward(ForwardCall call) {
    LinearMap map = map(call);
    return Outputs.of(map.adjoint(Operands.on(device(), call.tensor("cotangent")))).saving(map);
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor cotangent = Operands.on(device(), call.cotangent());
    return Gradients.of(call.saved(LinearMap.class).forward(cotangent));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    return Outputs.of(map(call).adjoint(Operands.on(device(), call.direction("cotangent"))));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Arguments arguments = Arguments.of(call.cotangent("y", Tensor.class));
    return List.of(original.call(Auxiliaries.add(original.signature(), arguments, call)));
  }
}
