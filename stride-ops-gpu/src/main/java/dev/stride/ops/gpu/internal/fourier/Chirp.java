package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.ops.gpu.internal.device.ComputeDevice;

/**
 * What turns a transform of any length n into a convolution, after L. I. Bluestein (1970): {@code j
 * k = (j^2 + k^2 - (k - j)^2) / 2}.
 *
 * @param chirp {@code c[j] = exp(-pi i j^2 / n)}
 * @param filter the transform, of length {@code padded}, of the conjugate of c over that length
 * @param padded a power of two, in which lines and filter do not meet around the end
 */
record Chirp(Pair chirp, Pair filter, int padded) {

  static Chirp of(ComputeDevice device, int length, DataType type) {
    int padded = Integer.highestOneBit(Math.multiplyExact(2, length) - 1) * 2;
    double[] real = new double[padded];
    double[] imaginary = new double[padded];
    for (int j = 0; j < length; j++) {
      int opposite = (padded - j) % padded;
      real[j] = UnitRoots.cos(turn(j, length), 2L * length);
      imaginary[j] = UnitRoots.sin(turn(j, length), 2L * length);
      real[opposite] = real[j];
      imaginary[opposite] = imaginary[j];
    }
    Pair chirp =
        new Pair(
            Tables.table(device, length, type, j -> UnitRoots.cos(turn(j, length), 2L * length)),
            Tables.table(device, length, type, j -> -UnitRoots.sin(turn(j, length), 2L * length)));
    HostTransform.run(real, imaginary);
    Pair filter =
        new Pair(
            Tables.table(device, padded, type, k -> real[k] / padded),
            Tables.table(device, padded, type, k -> imaginary[k] / padded));
    return new Chirp(chirp, filter, padded);
  }

  /** {@code j^2} in parts of a circle of {@code 2 n}. */
  private static long turn(int j, int length) {
    return (long) j * j % (2L * length);
  }
}
