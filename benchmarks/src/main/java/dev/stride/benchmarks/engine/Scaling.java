package dev.stride.benchmarks.engine;

import dev.stride.api.Tensor;
import dev.stride.api.spi.HeapStorage.Floats;

/** {@code y = f x}: the arithmetic of every case, so small that what surrounds it shows. */
final class Scaling {

  private static final double FACTOR = 1.0000001;
  private static final float FLOAT_FACTOR = 1.0000001f;

  private Scaling() {}

  static double of(double x) {
    return FACTOR * x;
  }

  static Tensor of(Tensor x) {
    float[] from = ((Floats) x.storage()).array();
    float[] to = new float[from.length];
    scale(from, to);
    return Tensor.adopt(x.shape(), to);
  }

  static void scale(float[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = FLOAT_FACTOR * from[i];
    }
  }
}
