package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.operator.AxisMatrices;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.LinearMap;
import dev.stride.ops.gpu.internal.operator.LinearOperator;
import java.util.List;

/**
 * Traces times a window, on a device; of ports and meaning as {@code stride.window} of the standard
 * pack. The adjoint is the operator itself. Saves the weights. Stateless.
 */
final class Windowed extends LinearOperator {

  private final AlongAxis along;

  Windowed(ComputeDevice device) {
    super(
        "stride.window",
        device,
        Port.auxiliary("kind", String.class).optional(),
        Port.auxiliary("shape", Number.class).optional());
    this.along = new AlongAxis(device, "stride.window");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(2, 13), 23), "hamming"),
        Sample.of(Domain.ALL.of(Shape.of(2, 1, 3, 4), 23)).described("rank 4"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    SparseMatrix weights = SparseMatrix.diagonal(Window.of(call, x.extent(-1)));
    return AxisMatrices.one(along, x, x.rank() - 1, weights);
  }
}
