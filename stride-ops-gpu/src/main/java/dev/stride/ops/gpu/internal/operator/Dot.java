package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;

/**
 * The inner product of two tensors of one shape, on a device; of ports and meaning as {@code
 * stride.dot} of the standard pack. For a cotangent {@code g} the adjoint is {@code g b} and {@code
 * g a}. Saves nothing; the adjoint sees both arguments. Stateless.
 */
final class Dot implements DeviceCode {

  private static final List<String> PORTS = List.of("a", "b");
  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Code SUM = Code.of("a + b", "a", "b");
  private static final Signature SIGNATURE =
      Signature.named("stride.dot").input("a").input("b").output("y").linearIn("a", "b").build();

  private final ComputeDevice device;
  private final Reduction sums;
  private final Elements elements;

  Dot(ComputeDevice device) {
    this.device = device;
    this.sums = new Reduction(device, SIGNATURE.name());
    this.elements = new Elements(device, SIGNATURE.name() + " (adjoint)");
  }

  static List<Sample> samples() {
    return List.of(of(Shape.of(4, 7)), of(Shape.SCALAR), of(Shape.of(3, 1, 2)), of(Shape.of(1000)));
  }

  private static Sample of(Shape shape) {
    return Sample.of(Domain.ALL.of(shape, 21), Domain.POSITIVE.of(shape, 22));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> operands = Operands.on(device, call, PORTS);
    Operands.sameType(call, PORTS, operands);
    Operands.sameShape(call, "a", operands.getFirst(), "b", operands.getLast());
    return Outputs.of(product(operands.getFirst(), operands.getLast()));
  }

  private Tensor product(Tensor a, Tensor b) {
    return sums.compute(PRODUCT, Axes.all(a.shape()), 1, List.of(a, b));
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor cotangent = Operands.on(device, call.cotangent());
    return Gradients.of(
        call.needsGrad("a") ? scaled(cotangent, call, "b") : null,
        call.needsGrad("b") ? scaled(cotangent, call, "a") : null);
  }

  private Tensor scaled(Tensor cotangent, AdjointCall call, String other) {
    Tensor factor = Operands.on(device, call.tensor(other));
    return elements.compute(PRODUCT, factor.shape(), List.of(cotangent, factor));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor alongA = along(call, call.direction("a"), "b");
    Tensor alongB = along(call, call.direction("b"), "a");
    return Outputs.of(elements.compute(SUM, Shape.SCALAR, List.of(alongA, alongB)));
  }

  private Tensor along(OperatorCall call, Tensor direction, String other) {
    return product(Operands.on(device, direction), Operands.on(device, call.tensor(other)));
  }
}
