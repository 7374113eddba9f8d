package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Scans;
import java.util.List;

/**
 * The sums of the elements up to each one along an axis, on a device; of ports and meaning as
 * {@code stride.cumulative-sum} of the standard pack. The adjoint sums from the other end. Saves
 * shapes. Stateless.
 */
final class CumulativeSum extends LinearOperator {

  private final Scans scans;

  CumulativeSum(ComputeDevice device) {
    super("stride.cumulative-sum", device, Port.auxiliary("axis", Number.class).optional());
    this.scans = new Scans(device, "stride.cumulative-sum");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23)),
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23), 0).described("columns"),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 5), 23), 1).described("a middle axis"),
        Sample.of(Domain.ALL.of(Shape.of(300), 23)).described("in parts"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return new Cumulated(AxesPorts.one(call, x));
  }

  private final class Cumulated implements LinearMap {

    private final Axes axes;

    Cumulated(Axes axes) {
      this.axes = axes;
    }

    @Override
    public Tensor forward(Tensor x) {
      return scans.sums(axes, x, false);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return scans.sums(axes, cotangent, true);
    }
  }
}
