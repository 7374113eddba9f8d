package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator {@code y = A x} on a device whose only differentiable input is {@code x}; the others,
 * all auxiliary, select the {@link LinearMap}, which is all that it saves. Gradients of gradients
 * come from {@link TransposedOperator}.
 */
public abstract class LinearOperator implements DeviceCode, DifferentiableOperator<Tensor> {

  private final Signature signature;
  private final ComputeDevice device;

  /** Takes the name and the auxiliary inputs behind {@code x}. */
  protected LinearOperator(String name, ComputeDevice device, Port... auxiliary) {
    Signature.Builder builder = Signature.named(name).input("x");
    List.of(auxiliary).forEach(builder::input);
    this.signature = builder.output("y").linearIn("x").adjointNeeds().build();
    this.device = device;
  }

  /** The map for arguments of this shape, checked. Reads auxiliary arguments of the call only. */
  protected abstract LinearMap map(Shape x, OperatorCall call);

  /** The map for an argument whose elements do not matter. */
  LinearMap map(Tensor x, OperatorCall call) {
    return map(x.shape(), call);
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    LinearMap map = map(x, call);
    return Outputs.of(map.forward(x)).saving(map);
  }

  @Override
  public final ComputeDevice device() {
    return device;
  }

  @Override
  public final Gradients gradients(AdjointCall call) {
    Tensor cotangent = Operands.on(device, call.cotangent());
    return Gradients.of(call.saved(LinearMap.class).adjoint(cotangent));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
    Arguments arguments = Arguments.of(cotangent, call.like("x"));
    return List.of(new TransposedOperator(this).call(Auxiliaries.add(signature, arguments, call)));
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    LinearMap map = map(call.tensor("x"), call);
    return Outputs.of(map.forward(Operands.on(device, call.direction("x"))));
  }
}
