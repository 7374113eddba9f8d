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
 * Fields that are zero but for values put at points between the nodes of a grid, on a device; of
 * ports and meaning as {@code stride.inject} of the standard pack, and the adjoint of {@link
 * Interpolate}. Waits for the positions, which are checked. Saves nothing; the adjoint sees the
 * arguments. Stateless.
 */
final class Inject implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.inject")
          .input("x")
          .input("positions")
          .auxiliary("shape", Shape.class)
          .input(Port.auxiliary("kind", String.class).optional())
          .output("y")
          .linearIn("x")
          .build();

  private static final List<String> PORTS = List.of("x", "positions");

  private final ComputeDevice device;
  private final PointFields fields;

  Inject(ComputeDevice device) {
    this.device = device;
    this.fields = new PointFields(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    Tensor points = Tensor.of(Shape.of(4, 2), 0.3, 5.6, 3.7, 0.2, 3.6, 0.25, 2.45, 3.5);
    Shape plane = Shape.of(5, 7);
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4), 23), points, plane, "sinc"),
        Sample.of(Domain.ALL.of(Shape.of(3, 4), 23), points, plane).described("a batch of planes"),
        Sample.of(
                Domain.ALL.of(Shape.of(2), 23), Tensor.of(Shape.of(2, 1), 12.6, 12.3), Shape.of(31))
            .described("two in one cell"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> operands = Operands.on(device, call, PORTS);
    Operands.sameType(call, PORTS, operands);
    PointSampling points = points(call);
    Tensor x = operands.getFirst();
    if (x.shape().rank() == 0 || x.shape().extent(-1) != points.points()) {
      throw Operands.wrong(
          call,
          Operands.shapes("x", x, "positions", operands.getLast())
              + "; the last extent of `x` must be the number of points. Give one value a point.");
    }
    return Outputs.of(fields.add(points, x));
  }

  private static PointSampling points(OperatorCall call) {
    Shape positions = call.tensor("positions").shape();
    Shape grid = call.value("shape", Shape.class);
    if (positions.rank() == 2 && positions.extent(1) != grid.rank()) {
      throw Operands.wrong(
          call,
          "`positions` has shape "
              + positions
              + " and `shape` is "
              + grid
              + "; there must be a coordinate for each axis of the grid. Correct one of them.");
    }
    return PointSampling.of(call, "shape", grid);
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
        call.needsGrad("x") ? fields.read(points, g) : null,
        call.needsGrad("positions") ? fields.slopes(points, g, x) : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    PointSampling points = points(call);
    Tensor along = fields.add(points, Operands.on(device, call.direction("x")));
    Tensor x = Operands.on(device, call.tensor("x"));
    Tensor moved = Operands.on(device, call.direction("positions"));
    return Outputs.of(fields.addChange(points, x, moved, along));
  }
}
