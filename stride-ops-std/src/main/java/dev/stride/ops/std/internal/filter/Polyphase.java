package dev.stride.ops.std.internal.filter;

import java.util.Arrays;

/**
 * Traces resampled by a fraction {@code up / down}: zeros between the samples, a low-pass filter
 * without delay, and every {@code down}-th sample of that; zeros outside of the traces. Immutable.
 *
 * <p>Sample j is {@code sum_i h[j down - i up] x[i]}, where only every {@code up}-th weight of the
 * filter meets a sample: those are kept side by side, a row for each phase.
 */
public final class Polyphase {

  /** Zero crossings of the filter on each side. */
  private static final int CROSSINGS = 10;

  private static final double KAISER_BETA = 5;

  private final int up;
  private final int down;
  private final int half;
  private final double[][] phases;

  /**
   * A resampler.
   *
   * @param up at least 1
   * @param down at least 1
   */
  public Polyphase(int up, int down) {
    int common = divisor(up, down);
    this.up = up / common;
    this.down = down / common;
    int coarser = Math.max(this.up, this.down);
    this.half = coarser == 1 ? 0 : Math.multiplyExact(CROSSINGS, coarser);
    double[] filter = filter(half, coarser, this.up);
    this.phases = new double[this.up][];
    for (int phase = 0; phase < this.up; phase++) {
      phases[phase] = new double[Math.ceilDiv(filter.length - phase, this.up)];
      for (int k = 0; k < phases[phase].length; k++) {
        phases[phase][k] = filter[phase + k * this.up];
      }
    }
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /** A sinc under a Kaiser window, of sum {@code gain}. */
  private static double[] filter(int half, int coarser, int gain) {
    double[] filter = new double[2 * half + 1];
    for (int n = 0; n < filter.length; n++) {
      double turn = Math.PI * (n - half) / coarser;
      double inside = half == 0 ? 0 : (double) (n - half) / half;
      double window = Bessel.i0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - inside * inside)));
      filter[n] = n == half ? window : window * Math.sin(turn) / turn;
    }
    double sum = Arrays.stream(filter).sum();
    for (int n = 0; n < filter.length; n++) {
      filter[n] *= gain / sum;
    }
    return filter;
  }

  /** Samples that a trace has afterwards: as many as lie before its end. */
  public long samples(int length) {
    return Math.ceilDiv((long) length * up, down);
  }

  /** About how many samples are weighed for a sample. */
  public int taps() {
    return phases[0].length;
  }

  /** Resamples a trace to {@link #samples} of its length. Not modified. */
  public double[] forward(double[] x) {
    double[] y = new double[(int) samples(x.length)];
    for (int j = 0; j < y.length; j++) {
      long at = (long) j * down + half;
      double[] weights = phases[(int) (at % up)];
      int newest = (int) (at / up);
      int first = Math.max(0, newest - x.length + 1);
      int end = Math.min(weights.length, newest + 1);
      double sum = 0;
      for (int k = first; k < end; k++) {
        sum += weights[k] * x[newest - k];
      }
      y[j] = sum;
    }
    return y;
  }

  /**
   * The transpose of {@link #forward}.
   *
   * @param y Not modified.
   * @param length of the result
   */
  public double[] adjoint(double[] y, int length) {
    double[] x = new double[length];
    for (int j = 0; j < y.length; j++) {
      long at = (long) j * down + half;
      double[] weights = phases[(int) (at % up)];
      int newest = (int) (at / up);
      int first = Math.max(0, newest - length + 1);
      int end = Math.min(weights.length, newest + 1);
      for (int k = first; k < end; k++) {
        x[newest - k] += weights[k] * y[j];
      }
    }
    return x;
  }
}
