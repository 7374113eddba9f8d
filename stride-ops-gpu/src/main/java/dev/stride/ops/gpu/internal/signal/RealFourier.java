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
import java.util.List;

/**
 * The half spectrum of real numbers over the last one, two or three axes, on a device; of ports and
 * meaning as {@code stride.real-fft} of the standard pack. The adjoint makes real numbers of the
 * half spectrum, every number of it counted once. Saves shapes. Stateless but for a bounded cache
 * of tables.
 */
final class RealFourier extends PairOperator {

  RealFourier(ComputeDevice device, Tables tables) {
    super(
        "stride.real-fft",
        device,
        tables,
        List.of("x"),
        COMPLEX,
        Port.auxiliary("axes", Number.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        of(12),
        of(2, 1, 35).described("odd, rank 3"),
        of(9, 10).with("axes", 2).described("two axes"),
        of(1).described("one number"));
  }

  private static Sample of(int... extents) {
    return Sample.of(Domain.ALL.of(Shape.of(extents), 23));
  }

  @Override
  PairMap map(Shape x, OperatorCall call) {
    int axes = Signals.axes(call, "x", x);
    return new Transform(fourier(), x.extent(-1), axes);
  }

  private record Transform(Fourier fourier, int length, int axes) implements PairMap {

    @Override
    public List<Tensor> forward(List<Tensor> x) {
      Pair y = fourier.half(x.getFirst(), axes, 1, 1);
      return List.of(y.real(), y.imaginary());
    }

    @Override
    public List<Tensor> adjoint(List<Tensor> g) {
      Pair pair = new Pair(g.getFirst(), g.getLast());
      return List.of(fourier.whole(pair, length, axes, 1, 0.5));
    }
  }
}
