package dev.stride.ops.std.internal.wave;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector kernels of the wave equation in 2D on {@code float[]}.
 *
 * <p>Written by {@code StencilSource} in the tests of this module; change that instead. One loop a
 * method and no tail: see kernels in docs/math/acoustic-wave.md.
 */
final class FloatStencils2D {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private FloatStencils2D() {}

  static StencilKernel<float[]> of(int radius) {
    return switch (radius) {
      case 1 -> StencilKernel.of(FloatStencils2D::step1, FloatStencils2D::record1);
      case 2 -> StencilKernel.of(FloatStencils2D::step2, FloatStencils2D::record2);
      case 3 -> StencilKernel.of(FloatStencils2D::step3, FloatStencils2D::record3);
      case 4 -> StencilKernel.of(FloatStencils2D::step4, FloatStencils2D::record4);
      case 5 -> StencilKernel.of(FloatStencils2D::step5, FloatStencils2D::record5);
      default -> throw new IllegalArgumentException("no kernel of radius " + radius);
    };
  }

  private static void step1(
      float[] u, float[] next, float[] c, float[] k, int from, int to, int row, int plane) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record1(
      float[] u,
      float[] next,
      float[] c,
      float[] k,
      int from,
      int to,
      int row,
      int plane,
      float[] kept,
      int at) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void step2(
      float[] u, float[] next, float[] c, float[] k, int from, int to, int row, int plane) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    FloatVector k2 = FloatVector.broadcast(SPECIES, k[2]);
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 2)
              .add(FloatVector.fromArray(SPECIES, u, i + 2))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record2(
      float[] u,
      float[] next,
      float[] c,
      float[] k,
      int from,
      int to,
      int row,
      int plane,
      float[] kept,
      int at) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    FloatVector k2 = FloatVector.broadcast(SPECIES, k[2]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 2)
              .add(FloatVector.fromArray(SPECIES, u, i + 2))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void step3(
      float[] u, float[] next, float[] c, float[] k, int from, int to, int row, int plane) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    FloatVector k2 = FloatVector.broadcast(SPECIES, k[2]);
    FloatVector k3 = FloatVector.broadcast(SPECIES, k[3]);
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 2)
              .add(FloatVector.fromArray(SPECIES, u, i + 2))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 3)
              .add(FloatVector.fromArray(SPECIES, u, i + 3))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record3(
      float[] u,
      float[] next,
      float[] c,
      float[] k,
      int from,
      int to,
      int row,
      int plane,
      float[] kept,
      int at) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    FloatVector k2 = FloatVector.broadcast(SPECIES, k[2]);
    FloatVector k3 = FloatVector.broadcast(SPECIES, k[3]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 2)
              .add(FloatVector.fromArray(SPECIES, u, i + 2))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 3)
              .add(FloatVector.fromArray(SPECIES, u, i + 3))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void step4(
      float[] u, float[] next, float[] c, float[] k, int from, int to, int row, int plane) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    FloatVector k2 = FloatVector.broadcast(SPECIES, k[2]);
    FloatVector k3 = FloatVector.broadcast(SPECIES, k[3]);
    FloatVector k4 = FloatVector.broadcast(SPECIES, k[4]);
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 2)
              .add(FloatVector.fromArray(SPECIES, u, i + 2))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 3)
              .add(FloatVector.fromArray(SPECIES, u, i + 3))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 4)
              .add(FloatVector.fromArray(SPECIES, u, i + 4))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 4 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 4 * row)))
              .fma(k4, lap);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record4(
      float[] u,
      float[] next,
      float[] c,
      float[] k,
      int from,
      int to,
      int row,
      int plane,
      float[] kept,
      int at) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    FloatVector k2 = FloatVector.broadcast(SPECIES, k[2]);
    FloatVector k3 = FloatVector.broadcast(SPECIES, k[3]);
    FloatVector k4 = FloatVector.broadcast(SPECIES, k[4]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 2)
              .add(FloatVector.fromArray(SPECIES, u, i + 2))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 3)
              .add(FloatVector.fromArray(SPECIES, u, i + 3))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 4)
              .add(FloatVector.fromArray(SPECIES, u, i + 4))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 4 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 4 * row)))
              .fma(k4, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void step5(
      float[] u, float[] next, float[] c, float[] k, int from, int to, int row, int plane) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    FloatVector k2 = FloatVector.broadcast(SPECIES, k[2]);
    FloatVector k3 = FloatVector.broadcast(SPECIES, k[3]);
    FloatVector k4 = FloatVector.broadcast(SPECIES, k[4]);
    FloatVector k5 = FloatVector.broadcast(SPECIES, k[5]);
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 2)
              .add(FloatVector.fromArray(SPECIES, u, i + 2))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 3)
              .add(FloatVector.fromArray(SPECIES, u, i + 3))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 4)
              .add(FloatVector.fromArray(SPECIES, u, i + 4))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 4 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 4 * row)))
              .fma(k4, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 5)
              .add(FloatVector.fromArray(SPECIES, u, i + 5))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 5 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 5 * row)))
              .fma(k5, lap);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record5(
      float[] u,
      float[] next,
      float[] c,
      float[] k,
      int from,
      int to,
      int row,
      int plane,
      float[] kept,
      int at) {
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector k0 = FloatVector.broadcast(SPECIES, k[0]);
    FloatVector k1 = FloatVector.broadcast(SPECIES, k[1]);
    FloatVector k2 = FloatVector.broadcast(SPECIES, k[2]);
    FloatVector k3 = FloatVector.broadcast(SPECIES, k[3]);
    FloatVector k4 = FloatVector.broadcast(SPECIES, k[4]);
    FloatVector k5 = FloatVector.broadcast(SPECIES, k[5]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      FloatVector here = FloatVector.fromArray(SPECIES, u, i);
      FloatVector lap = here.mul(k0);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 1)
              .add(FloatVector.fromArray(SPECIES, u, i + 1))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - row)
                      .add(FloatVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 2)
              .add(FloatVector.fromArray(SPECIES, u, i + 2))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 3)
              .add(FloatVector.fromArray(SPECIES, u, i + 3))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 4)
              .add(FloatVector.fromArray(SPECIES, u, i + 4))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 4 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 4 * row)))
              .fma(k4, lap);
      lap =
          FloatVector.fromArray(SPECIES, u, i - 5)
              .add(FloatVector.fromArray(SPECIES, u, i + 5))
              .add(
                  FloatVector.fromArray(SPECIES, u, i - 5 * row)
                      .add(FloatVector.fromArray(SPECIES, u, i + 5 * row)))
              .fma(k5, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              FloatVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(FloatVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }
}
