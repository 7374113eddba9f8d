package dev.stride.ops.std.internal.signal;

import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Scaling;

/** The analytic signal of traces that are taken as periodic. */
final class Analytic {

  private Analytic() {}

  /**
   * The Hilbert transform times a sign: the spectrum times {@code -i}, without its ends.
   *
   * @param sign 1 or -1
   */
  static Tensor imaginary(Fourier fourier, Tensor x, int sign, Parallel parallel) {
    int length = x.shape().extent(-1);
    Fourier.Pair half = fourier.half(x, 1, 0, sign, false, parallel);
    Tensor negative = Elementwise.map(new Scaling(-1), half.real(), parallel);
    Fourier.Pair turned = new Fourier.Pair(half.imaginary(), negative);
    return fourier.whole(turned, length, 1, 0, 1.0 / length, true, parallel);
  }
}
