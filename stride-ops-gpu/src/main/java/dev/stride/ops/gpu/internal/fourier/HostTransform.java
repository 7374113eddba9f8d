package dev.stride.ops.gpu.internal.fourier;

/** Transforms of one line on the host in float64, for tables. */
final class HostTransform {

  private HostTransform() {}

  /**
   * The discrete Fourier transform in place, by J. W. Cooley and J. W. Tukey.
   *
   * @param real overwritten; its length is a power of two
   * @param imaginary overwritten; as long
   */
  static void run(double[] real, double[] imaginary) {
    int length = real.length;
    int shift = 1 + Integer.numberOfLeadingZeros(length);
    for (int i = 0; i < length && length > 1; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        exchange(real, i, j);
        exchange(imaginary, i, j);
      }
    }
    for (int half = 1; half < length; half *= 2) {
      for (int k = 0; k < half; k++) {
        double cosine = UnitRoots.cos(k, 2L * half);
        double sine = UnitRoots.sin(k, 2L * half);
        for (int a = k; a < length; a += 2 * half) {
          int b = a + half;
          double re = real[b] * cosine + imaginary[b] * sine;
          double im = imaginary[b] * cosine - real[b] * sine;
          real[b] = real[a] - re;
          imaginary[b] = imaginary[a] - im;
          real[a] += re;
          imaginary[a] += im;
        }
      }
    }
  }

  private static void exchange(double[] x, int i, int j) {
    double kept = x[i];
    x[i] = x[j];
    x[j] = kept;
  }
}
