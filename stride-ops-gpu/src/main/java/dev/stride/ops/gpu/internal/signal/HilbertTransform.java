package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.LinearMap;
import dev.stride.ops.gpu.internal.operator.LinearOperator;
import java.util.List;

/**
 * The Hilbert transform of traces, on a device; of ports and meaning as {@code stride.hilbert} of
 * the standard pack. It is antisymmetric: the adjoint is the transform of the negative cotangent.
 * Saves shapes. Stateless but for a bounded cache of tables.
 */
final class HilbertTransform extends LinearOperator {

  private final Analytic analytic;

  HilbertTransform(ComputeDevice device, Tables tables) {
    super("stride.hilbert", device);
    this.analytic = new Analytic(device, tables, "stride.hilbert");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(12), 23)),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 7), 23)).described("odd"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    return new Quarter(analytic);
  }

  private record Quarter(Analytic analytic) implements LinearMap {
    @Override
    public Tensor forward(Tensor x) {
      return analytic.imaginary(x, 1);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return analytic.imaginary(cotangent, -1);
    }
  }
}
