package dev.stride.ops.gpu.internal.space;

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
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.List;

/**
 * Fields at points between the nodes of their grid, on a device; of ports and meaning as {@code
 * stride.interpolate} of the standard pack.
 *
 * <p>Weights are computed on the host, in float64; a call waits for the positions, which are
 * checked. In the adjoint every node is summed by one work item in the order of the points, without
 * atomics. Saves nothing; the adjoint sees the arguments. Stateless.
 */
final class Interpolate implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.interpolate")
          .input("x")
          .input("positions")
          .input(Port.auxiliary("kind", String.class).optional())
          .output("y")
          .linearIn("x")
          .build();

  private static final List<String> PORTS = List.of("x", "positions");

  private final ComputeDevice device;
  private final PointFields fields;

  Interpolate(ComputeDevice device) {
    this.device = device;
    this.fields = new PointFields(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    Tensor plane = Domain.ALL.of(Shape.of(5, 7), 23);
    Tensor points = Tensor.of(Shape.of(4, 2), 0.3, 5.6, 3.7, 0.2, 3.6, 0.25, 2.45, 3.5);
    return List.of(
        Sample.of(plane, points, "sinc"),
        Sample.of(Domain.ALL.of(Shape.of(3, 5, 7), 23), points).described("a batch of planes"),
        Sample.of(Domain.ALL.of(Shape.of(3, 4, 5), 23), Tensor.of(Shape.of(1, 3), 0.5, 1.3, 3.7))
            .with("kind", "sinc")
            .described("a volume"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> operands = Operands.on(device, call, PORTS);
    Operands.sameType(call, PORTS, operands);
    return Outputs.of(fields.read(points(call), operands.getFirst()));
  }

  private static PointSampling points(OperatorCall call) {
    return PointSampling.of(call, "x", call.tensor("x").shape());
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    PointSampling points = points(call);
    Tensor g = Operands.on(device, call.cotangent());
    Tensor x = Operands.on(device, call.tensor("x"));
    return Gradients.of(
        call.needsGrad("x") ? fields.add(points, g) : null,
        call.needsGrad("positions") ? fields.slopes(points, x, g) : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    PointSampling points = points(call);
    Tensor along = fields.read(points, Operands.on(device, call.direction("x")));
    Tensor x = Operands.on(device, call.tensor("x"));
    Tensor moved = Operands.on(device, call.direction("positions"));
    return Outputs.of(fields.readChange(points, x, moved, along));
  }
}
