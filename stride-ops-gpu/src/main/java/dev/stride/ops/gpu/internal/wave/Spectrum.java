package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.Tensor;

/** The amplitude spectrum of wavelets, as far as the check of the sampling needs it. */
final class Spectrum {

  private static final double DECIBELS_20 = 0.1;
  private static final int FINENESS = 4;

  private Spectrum() {}

  /**
   * The highest frequency, of all wavelets, at which a wavelet's amplitude is a tenth (-20 dB) of
   * its largest or more; 0 if all are zero or one is not finite.
   *
   * @param wavelets {@code [source, time]}
   * @param timeStep seconds
   * @return hertz
   */
  static double highestFrequency(Tensor wavelets, double timeStep) {
    int samples = wavelets.shape().extent(1);
    int length = Integer.highestOneBit(Math.max(1, FINENESS * samples - 1)) * 2;
    int highest = 0;
    for (int source = 0; source < wavelets.shape().extent(0); source++) {
      double[] real = new double[length];
      for (int n = 0; n < samples; n++) {
        real[n] = wavelets.at(source * samples + n);
      }
      highest = Math.max(highest, highestBin(real));
    }
    return highest / (length * timeStep);
  }

  private static int highestBin(double[] real) {
    double[] imaginary = new double[real.length];
    transform(real, imaginary);
    int half = real.length / 2;
    double peak = 0;
    for (int bin = 0; bin <= half; bin++) {
      peak = Math.max(peak, Math.hypot(real[bin], imaginary[bin]));
    }
    int highest = half;
    while (highest > 0 && !(Math.hypot(real[highest], imaginary[highest]) >= DECIBELS_20 * peak)) {
      highest--;
    }
    return peak == 0 ? 0 : highest;
  }

  /** A radix-2 Fourier transform in place; the length is a power of two. */
  private static void transform(double[] real, double[] imaginary) {
    int length = real.length;
    sortByReversedBits(real);
    for (int size = 2; size <= length; size *= 2) {
      for (int k = 0; k < size / 2; k++) {
        double cosine = Math.cos(2 * Math.PI * k / size);
        double sine = -Math.sin(2 * Math.PI * k / size);
        for (int low = k; low < length; low += size) {
          int high = low + size / 2;
          double re = cosine * real[high] - sine * imaginary[high];
          double im = cosine * imaginary[high] + sine * real[high];
          real[high] = real[low] - re;
          imaginary[high] = imaginary[low] - im;
          real[low] += re;
          imaginary[low] += im;
        }
      }
    }
  }

  private static void sortByReversedBits(double[] values) {
    int shift = 1 + Integer.numberOfLeadingZeros(values.length);
    for (int i = 0; i < values.length; i++) {
      int j = values.length == 1 ? 0 : Integer.reverse(i) >>> shift;
      if (j > i) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
      }
    }
  }
}
