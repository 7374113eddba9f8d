package dev.stride.ops.std.internal.wave;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector kernels of the wave equation in 2D on {@code double[]}.
 *
 * <p>Written by {@code StencilSource} in the tests of this module; change that instead. One loop a
 * method and no tail: see kernels in docs/math/acoustic-wave.md.
 */
final class DoubleStencils2D {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private DoubleStencils2D() {}

  static StencilKernel<double[]> of(int radius) {
    return switch (radius) {
      case 1 -> StencilKernel.of(DoubleStencils2D::step1, DoubleStencils2D::record1);
      case 2 -> StencilKernel.of(DoubleStencils2D::step2, DoubleStencils2D::record2);
      case 3 -> StencilKernel.of(DoubleStencils2D::step3, DoubleStencils2D::record3);
      case 4 -> StencilKernel.of(DoubleStencils2D::step4, DoubleStencils2D::record4);
      case 5 -> StencilKernel.of(DoubleStencils2D::step5, DoubleStencils2D::record5);
      default -> throw new IllegalArgumentException("no kernel of radius " + radius);
    };
  }

  private static void step1(
      double[] u, double[] next, double[] c, double[] k, int from, int to, int row, int plane) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record1(
      double[] u,
      double[] next,
      double[] c,
      double[] k,
      int from,
      int to,
      int row,
      int plane,
      double[] kept,
      int at) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void step2(
      double[] u, double[] next, double[] c, double[] k, int from, int to, int row, int plane) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    DoubleVector k2 = DoubleVector.broadcast(SPECIES, k[2]);
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 2)
              .add(DoubleVector.fromArray(SPECIES, u, i + 2))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record2(
      double[] u,
      double[] next,
      double[] c,
      double[] k,
      int from,
      int to,
      int row,
      int plane,
      double[] kept,
      int at) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    DoubleVector k2 = DoubleVector.broadcast(SPECIES, k[2]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 2)
              .add(DoubleVector.fromArray(SPECIES, u, i + 2))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void step3(
      double[] u, double[] next, double[] c, double[] k, int from, int to, int row, int plane) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    DoubleVector k2 = DoubleVector.broadcast(SPECIES, k[2]);
    DoubleVector k3 = DoubleVector.broadcast(SPECIES, k[3]);
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 2)
              .add(DoubleVector.fromArray(SPECIES, u, i + 2))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 3)
              .add(DoubleVector.fromArray(SPECIES, u, i + 3))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record3(
      double[] u,
      double[] next,
      double[] c,
      double[] k,
      int from,
      int to,
      int row,
      int plane,
      double[] kept,
      int at) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    DoubleVector k2 = DoubleVector.broadcast(SPECIES, k[2]);
    DoubleVector k3 = DoubleVector.broadcast(SPECIES, k[3]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 2)
              .add(DoubleVector.fromArray(SPECIES, u, i + 2))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 3)
              .add(DoubleVector.fromArray(SPECIES, u, i + 3))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void step4(
      double[] u, double[] next, double[] c, double[] k, int from, int to, int row, int plane) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    DoubleVector k2 = DoubleVector.broadcast(SPECIES, k[2]);
    DoubleVector k3 = DoubleVector.broadcast(SPECIES, k[3]);
    DoubleVector k4 = DoubleVector.broadcast(SPECIES, k[4]);
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 2)
              .add(DoubleVector.fromArray(SPECIES, u, i + 2))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 3)
              .add(DoubleVector.fromArray(SPECIES, u, i + 3))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 4)
              .add(DoubleVector.fromArray(SPECIES, u, i + 4))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 4 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 4 * row)))
              .fma(k4, lap);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record4(
      double[] u,
      double[] next,
      double[] c,
      double[] k,
      int from,
      int to,
      int row,
      int plane,
      double[] kept,
      int at) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    DoubleVector k2 = DoubleVector.broadcast(SPECIES, k[2]);
    DoubleVector k3 = DoubleVector.broadcast(SPECIES, k[3]);
    DoubleVector k4 = DoubleVector.broadcast(SPECIES, k[4]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 2)
              .add(DoubleVector.fromArray(SPECIES, u, i + 2))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 3)
              .add(DoubleVector.fromArray(SPECIES, u, i + 3))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 4)
              .add(DoubleVector.fromArray(SPECIES, u, i + 4))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 4 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 4 * row)))
              .fma(k4, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void step5(
      double[] u, double[] next, double[] c, double[] k, int from, int to, int row, int plane) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    DoubleVector k2 = DoubleVector.broadcast(SPECIES, k[2]);
    DoubleVector k3 = DoubleVector.broadcast(SPECIES, k[3]);
    DoubleVector k4 = DoubleVector.broadcast(SPECIES, k[4]);
    DoubleVector k5 = DoubleVector.broadcast(SPECIES, k[5]);
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 2)
              .add(DoubleVector.fromArray(SPECIES, u, i + 2))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 3)
              .add(DoubleVector.fromArray(SPECIES, u, i + 3))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 4)
              .add(DoubleVector.fromArray(SPECIES, u, i + 4))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 4 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 4 * row)))
              .fma(k4, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 5)
              .add(DoubleVector.fromArray(SPECIES, u, i + 5))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 5 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 5 * row)))
              .fma(k5, lap);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }

  private static void record5(
      double[] u,
      double[] next,
      double[] c,
      double[] k,
      int from,
      int to,
      int row,
      int plane,
      double[] kept,
      int at) {
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector k0 = DoubleVector.broadcast(SPECIES, k[0]);
    DoubleVector k1 = DoubleVector.broadcast(SPECIES, k[1]);
    DoubleVector k2 = DoubleVector.broadcast(SPECIES, k[2]);
    DoubleVector k3 = DoubleVector.broadcast(SPECIES, k[3]);
    DoubleVector k4 = DoubleVector.broadcast(SPECIES, k[4]);
    DoubleVector k5 = DoubleVector.broadcast(SPECIES, k[5]);
    int shift = at - from;
    for (int i = from; i < to; i += LANES) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector lap = here.mul(k0);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 1)
              .add(DoubleVector.fromArray(SPECIES, u, i + 1))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + row)))
              .fma(k1, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 2)
              .add(DoubleVector.fromArray(SPECIES, u, i + 2))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 2 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 2 * row)))
              .fma(k2, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 3)
              .add(DoubleVector.fromArray(SPECIES, u, i + 3))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 3 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 3 * row)))
              .fma(k3, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 4)
              .add(DoubleVector.fromArray(SPECIES, u, i + 4))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 4 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 4 * row)))
              .fma(k4, lap);
      lap =
          DoubleVector.fromArray(SPECIES, u, i - 5)
              .add(DoubleVector.fromArray(SPECIES, u, i + 5))
              .add(
                  DoubleVector.fromArray(SPECIES, u, i - 5 * row)
                      .add(DoubleVector.fromArray(SPECIES, u, i + 5 * row)))
              .fma(k5, lap);
      lap.intoArray(kept, i + shift);
      lap.fma(
              DoubleVector.fromArray(SPECIES, c, i),
              here.mul(two).sub(DoubleVector.fromArray(SPECIES, next, i)))
          .intoArray(next, i);
    }
  }
}
