package dev.stride.ops.gpu.internal.signal;

import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import java.util.Arrays;

/**
 * Traces resampled by a fraction {@code up / down}: zeros between the samples, a low-pass filter
 * without delay, and every {@code down}-th sample of that; zeros outside of the traces. Sample j is
 * {@code sum_i h[j down - i up] x[i]}. Immutable.
 */
final class Polyphase {

  /** Zero crossings of the filter on each side. */
  private static final int CROSSINGS = 10;

  private static final double KAISER_BETA = 5;

  private final int up;
  private final int down;
  private final int half;
  private final double[] filter;

  /**
   * A resampler.
   *
   * @param up at least 1
   * @param down at least 1
   */
  Polyphase(int up, int down) {
    int common = divisor(up, down);
    this.up = up / common;
    this.down = down / common;
    int coarser = Math.max(this.up, this.down);
    this.half = coarser == 1 ? 0 : Math.multiplyExact(CROSSINGS, coarser);
    this.filter = filter(half, coarser, this.up);
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
  long samples(int length) {
    return Math.ceilDiv((long) length * up, down);
  }

  /** From the samples of a trace to those of another, a row each. */
  SparseMatrix matrix(int length, int samples) {
    int[] starts = new int[samples + 1];
    for (int j = 0; j < samples; j++) {
      starts[j + 1] = Math.addExact(starts[j], Math.max(0, end(j, length) - first(j)));
    }
    int[] column = new int[starts[samples]];
    double[] weight = new double[column.length];
    for (int j = 0; j < samples; j++) {
      for (int at = starts[j]; at < starts[j + 1]; at++) {
        column[at] = first(j) + at - starts[j];
        weight[at] = filter[(int) ((long) j * down + half - (long) column[at] * up)];
      }
    }
    return new SparseMatrix(length, starts, column, weight);
  }

  /** The first sample that is weighed for one. */
  private int first(int j) {
    return (int) Math.max(0, Math.ceilDiv((long) j * down - half, up));
  }

  /** What is behind the last. */
  private int end(int j, int length) {
    return (int) Math.min(length, Math.floorDiv((long) j * down + half, up) + 1);
  }
}
