package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Fourier;
import dev.stride.ops.gpu.internal.fourier.Pair;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.List;

/**
 * Real numbers from half spectra over the last one, two or three axes, on a device; of ports and
 * meaning as {@code stride.inverse-real-fft} of the standard pack. The adjoint is the half spectrum
 * with twice the factors between its ends. Saves shapes. Stateless but for a bounded cache of
 * tables.
 */
final class InverseRealFourier extends PairOperator {

  InverseRealFourier(ComputeDevice device, Tables tables) {
    super(
        "stride.inverse-real-fft",
        device,
        tables,
        COMPLEX,
        List.of("y"),
        Port.auxiliary("length", Number.class),
        Port.auxiliary("axes", Number.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        of(12, 7),
        of(35, 2, 1, 18).described("odd, rank 3"),
        of(10, 9, 6).with("axes", 2).described("two axes"),
        of(1, 3, 1).with("axes", 2).described("one number along the last axis"));
  }

  private static Sample of(int length, int... extents) {
    Tensor real = Domain.ALL.of(Shape.of(extents), 23);
    return Sample.of(real, real.map(v -> Math.sin(3 * v)), length);
  }

  @Override
  PairMap map(Shape x, OperatorCall call) {
    int axes = Signals.axes(call, "real", x);
    int length = call.integer("length");
    if (length < 1 || x.extent(-1) != length / 2 + 1) {
      throw Operands.wrong(
          call,
          "`length` is "
              + length
              + ", but `real` has shape "
              + x
              + ", the half spectrum of "
              + Math.max(1, 2 * x.extent(-1) - 2)
              + " or "
              + (2 * x.extent(-1) - 1)
              + " numbers. Give one of these lengths.");
    }
    double points = length * Signals.points(x, axes) / x.extent(-1);
    return new Transform(fourier(), length, axes, 1 / points);
  }

  private record Transform(Fourier fourier, int length, int axes, double scale) implements PairMap {

    @Override
    public List<Tensor> forward(List<Tensor> x) {
      Pair pair = new Pair(x.getFirst(), x.getLast());
      return List.of(fourier.whole(pair, length, axes, scale, scale));
    }

    @Override
    public List<Tensor> adjoint(List<Tensor> g) {
      Pair y = fourier.half(g.getFirst(), axes, scale, 2 * scale);
      return List.of(y.real(), y.imaginary());
    }
  }
}
