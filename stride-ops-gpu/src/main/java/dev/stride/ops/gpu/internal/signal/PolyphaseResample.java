package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.operator.AxisMatrices;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.LinearMap;
import dev.stride.ops.gpu.internal.operator.LinearOperator;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.List;

/**
 * Traces resampled to {@code up / down} times their sampling frequency by a polyphase filter, on a
 * device; of ports and meaning as {@code stride.resample-polyphase} of the standard pack. The
 * adjoint takes the transposed weights. Saves the weights. Stateless.
 */
final class PolyphaseResample extends LinearOperator {

  /** Keeps the filter small: 10,000 is between any two sampling frequencies in use. */
  private static final int LARGEST = 10_000;

  private final AlongAxis along;

  PolyphaseResample(ComputeDevice device) {
    super(
        "stride.resample-polyphase",
        device,
        Port.auxiliary("up", Number.class),
        Port.auxiliary("down", Number.class));
    this.along = new AlongAxis(device, "stride.resample-polyphase");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(12), 23), 3, 2),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 17), 23), 2, 5).described("fewer"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() == 0) {
      throw Operands.wrong(
          call, "`x` is a scalar; its last axis must be time. Give at least one trace.");
    }
    Polyphase filter = new Polyphase(factor(call, "up"), factor(call, "down"));
    long samples = filter.samples(x.extent(-1));
    if (samples > Integer.MAX_VALUE) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + "; traces of "
              + samples
              + " samples are too long. Choose a"
              + " smaller `up` or a larger `down`.");
    }
    return AxisMatrices.one(along, x, x.rank() - 1, filter.matrix(x.extent(-1), (int) samples));
  }

  private static int factor(OperatorCall call, String port) {
    int factor = call.integer(port);
    if (factor < 1 || factor > LARGEST) {
      throw Operands.wrong(
          call, "`" + port + "` is " + factor + "; it must be from 1 to " + LARGEST + ".");
    }
    return factor;
  }
}
