package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix.Row;
import dev.stride.ops.gpu.internal.operator.AxisMatrices;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.LinearMap;
import dev.stride.ops.gpu.internal.operator.LinearOperator;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.List;

/**
 * The derivative in time by central differences, one-sided at both ends, on a device; of ports and
 * meaning as {@code stride.time-derivative} of the standard pack. The adjoint takes the transposed
 * weights. Saves the weights. Stateless.
 */
final class TimeDerivative extends LinearOperator {

  private final AlongAxis along;

  TimeDerivative(ComputeDevice device) {
    super("stride.time-derivative", device, Port.auxiliary("timeStep", Number.class));
    this.along = new AlongAxis(device, "stride.time-derivative");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(12), 23), 0.5),
        Sample.of(Domain.ALL.of(Shape.of(3, 2), 23), 1).described("two samples"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    int samples = x.extent(-1);
    if (samples < 2) {
      throw Operands.wrong(
          call,
          "`x` has shape " + x + "; a difference takes two samples or more. Give longer traces.");
    }
    double timeStep = Signals.timeStep(call);
    SparseMatrix differences = SparseMatrix.of(samples, samples, n -> row(n, samples, timeStep));
    return AxisMatrices.one(along, x, x.rank() - 1, differences);
  }

  private static Row row(int n, int samples, double timeStep) {
    int before = Math.max(0, n - 1);
    int after = Math.min(samples - 1, n + 1);
    double weight = 1 / ((after - before) * timeStep);
    return new Row().add(after, weight).add(before, -weight);
  }
}
