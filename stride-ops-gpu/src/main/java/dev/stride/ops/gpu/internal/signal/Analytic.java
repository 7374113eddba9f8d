package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Fourier;
import dev.stride.ops.gpu.internal.fourier.Pair;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/** The analytic signal on a device of traces that are taken as periodic. */
final class Analytic {

  private static final Code NEGATIVE = Code.of("-x", "x");

  private final Fourier fourier;
  private final Elements elements;

  Analytic(ComputeDevice device, Tables tables, String operator) {
    this.fourier = new Fourier(device, tables, operator);
    this.elements = new Elements(device, operator);
  }

  /**
   * The Hilbert transform times a sign: the spectrum times {@code -i}, without its ends.
   *
   * @param sign 1 or -1
   */
  Tensor imaginary(Tensor x, int sign) {
    int length = x.shape().extent(-1);
    try (Scratch scratch = new Scratch()) {
      Pair half = fourier.half(x, 1, 0, sign);
      Tensor real = scratch.keep(half.real());
      Tensor imaginary = scratch.keep(half.imaginary());
      Shape shape = real.shape();
      Tensor negative = scratch.keep(elements.compute(NEGATIVE, shape, List.of(real)));
      return fourier.whole(new Pair(imaginary, negative), length, 1, 0, 1.0 / length);
    }
  }
}
