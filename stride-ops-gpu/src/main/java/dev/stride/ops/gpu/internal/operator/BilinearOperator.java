package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import java.util.List;

/**
 * An operator on a device that is linear in each of two tensors. Saves nothing; the adjoint sees
 * both arguments. Stateless.
 */
public abstract class BilinearOperator implements DeviceCode {

  private static final Code SUM = Code.of("a + b", "a", "b");

  private final List<String> ports;
  private final Signature signature;
  private final ComputeDevice device;
  private final Elements elements;

  /**
   * Takes the names.
   *
   * @param a port of the first factor
   * @param b port of the second factor
   * @param auxiliary the inputs behind them
   */
  protected BilinearOperator(
      String name, ComputeDevice device, String a, String b, Port... auxiliary) {
    this.ports = List.of(a, b);
    this.device = device;
    this.elements = new Elements(device, name);
    Signature.Builder builder = Signature.named(name).input(a).input(b);
    List.of(auxiliary).forEach(builder::input);
    this.signature = builder.output("y").linearIn(a, b).build();
  }

  /**
   * A product of tensors of two shapes, and its transposes; an error if they do not go together.
   */
  public interface Bilinear {

    /** The product. */
    Tensor product(Tensor a, Tensor b);

    /** The transpose of {@code a -> f(a, b)} applied to a cotangent; of shape {@code a}. */
    Tensor towardsA(Tensor cotangent, Tensor b);

    /** The transpose of {@code b -> f(a, b)} applied to a cotangent; of shape {@code b}. */
    Tensor towardsB(Tensor cotangent, Tensor a);
  }

  /** The product of a call, checked. */
  protected abstract Bilinear bilinear(OperatorCall call, Tensor a, Tensor b);

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    List<Tensor> factors = Operands.on(device, call, ports);
    Operands.sameType(call, ports, factors);
    Tensor a = factors.getFirst();
    Tensor b = factors.getLast();
    return Outputs.of(bilinear(call, a, b).product(a, b));
  }

  @Override
  public final ComputeDevice device() {
    return device;
  }

  @Override
  public final Gradients gradients(AdjointCall call) {
    List<Tensor> factors = Operands.on(device, call, ports);
    Tensor a = factors.getFirst();
    Tensor b = factors.getLast();
    Bilinear bilinear = bilinear(call, a, b);
    Tensor cotangent = Operands.on(device, call.cotangent());
    return Gradients.of(
        call.needsGrad(ports.getFirst()) ? bilinear.towardsA(cotangent, b) : null,
        call.needsGrad(ports.getLast()) ? bilinear.towardsB(cotangent, a) : null);
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    List<Tensor> factors = Operands.on(device, call, ports);
    Tensor a = factors.getFirst();
    Tensor b = factors.getLast();
    Bilinear bilinear = bilinear(call, a, b);
    Tensor alongA = bilinear.product(Operands.on(device, call.direction(ports.getFirst())), b);
    Tensor alongB = bilinear.product(a, Operands.on(device, call.direction(ports.getLast())));
    Shape shape = alongA.shape();
    return Outputs.of(elements.compute(SUM, shape, List.of(alongA, alongB)));
  }
}
