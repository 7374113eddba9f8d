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
 * The discrete Fourier transform of complex numbers over the last one, two or three axes, or its
 * inverse, on a device; of ports and meaning as {@code stride.fft} and {@code stride.inverse-fft}
 * of the standard pack. The adjoint is the transform with the other sign. Saves shapes. Stateless
 * but for a bounded cache of tables.
 */
final class ComplexFourier extends PairOperator {

  private final boolean inverse;

  private ComplexFourier(String name, boolean inverse, ComputeDevice device, Tables tables) {
    super(name, device, tables, COMPLEX, COMPLEX, Port.auxiliary("axes", Number.class).optional());
    this.inverse = inverse;
  }

  static ComplexFourier forward(ComputeDevice device, Tables tables) {
    return new ComplexFourier("stride.fft", false, device, tables);
  }

  static ComplexFourier inverse(ComputeDevice device, Tables tables) {
    return new ComplexFourier("stride.inverse-fft", true, device, tables);
  }

  static List<Sample> samples() {
    return List.of(of(12), of(3, 31).described("prime"), of(2, 1, 5, 3).with("axes", 3));
  }

  static List<Sample> inverseSamples() {
    return List.of(of(14), of(2, 67).described("a large prime"), of(4, 3).with("axes", 2));
  }

  private static Sample of(int... extents) {
    Tensor real = Domain.ALL.of(Shape.of(extents), 23);
    return Sample.of(real, real.map(v -> Math.sin(3 * v)));
  }

  @Override
  PairMap map(Shape x, OperatorCall call) {
    return new Transform(fourier(), x, Signals.axes(call, "real", x), inverse);
  }

  private record Transform(Fourier fourier, Shape from, int axes, boolean inverse)
      implements PairMap {

    @Override
    public List<Tensor> forward(List<Tensor> x) {
      return apply(x, inverse);
    }

    @Override
    public List<Tensor> adjoint(List<Tensor> cotangents) {
      return apply(cotangents, !inverse);
    }

    private List<Tensor> apply(List<Tensor> x, boolean backward) {
      double scale = inverse ? 1 / Signals.points(from, axes) : 1;
      Pair y = fourier.complex(new Pair(x.getFirst(), x.getLast()), axes, backward, scale);
      return List.of(y.real(), y.imaginary());
    }
  }
}
