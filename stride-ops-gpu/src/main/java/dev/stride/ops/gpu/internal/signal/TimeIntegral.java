package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Scans;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix.Row;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.LinearMap;
import dev.stride.ops.gpu.internal.operator.LinearOperator;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * The integral in time from the first sample on, by the trapezoidal rule, on a device; of ports and
 * meaning as {@code stride.time-integral} of the standard pack.
 *
 * <p>The areas between samples, summed up; the adjoint sums from the other end and then takes the
 * transposed weights of the areas. Saves these weights. Stateless.
 */
final class TimeIntegral extends LinearOperator {

  private final AlongAxis along;
  private final Scans scans;

  TimeIntegral(ComputeDevice device) {
    super("stride.time-integral", device, Port.auxiliary("timeStep", Number.class));
    this.along = new AlongAxis(device, "stride.time-integral");
    this.scans = new Scans(device, "stride.time-integral");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(12), 23), 0.5),
        Sample.of(Domain.ALL.of(Shape.of(2, 300), 23), 1e-3).described("in parts"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    double half = Signals.timeStep(call) / 2;
    int samples = x.extent(-1);
    boolean[] time = new boolean[x.rank()];
    time[x.rank() - 1] = true;
    return new Areas(Axes.of(x, time, true), SparseMatrix.of(samples, samples, n -> area(n, half)));
  }

  /** What lies between a sample and the one before. */
  private static Row area(int n, double half) {
    return n == 0 ? new Row() : new Row().add(n - 1, half).add(n, half);
  }

  private final class Areas implements LinearMap {

    private final Axes time;
    private final SparseMatrix areas;

    Areas(Axes time, SparseMatrix areas) {
      this.time = time;
      this.areas = areas;
    }

    private int axis() {
      return time.from().rank() - 1;
    }

    @Override
    public Tensor forward(Tensor x) {
      try (Scratch scratch = new Scratch()) {
        return scans.sums(time, scratch.keep(along.apply(areas, x, axis())), false);
      }
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      try (Scratch scratch = new Scratch()) {
        Tensor later = scratch.keep(scans.sums(time, cotangent, true));
        return along.apply(areas.transposed(), later, axis());
      }
    }

    @Override
    public long bytes() {
      return areas.bytes();
    }
  }
}
