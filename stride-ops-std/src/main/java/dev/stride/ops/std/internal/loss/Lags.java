package dev.stride.ops.std.internal.loss;

import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Operands;

/**
 * Where the cross-correlation of pairs of traces is largest, between samples too: see {@link
 * TravelTime}.
 *
 * @param lags in s, float64, [..., 1]
 * @param curvatures second derivatives of the correlations there, negative, [..., 1]
 */
record Lags(Tensor lags, Tensor curvatures) implements Saved {

  /** Points of the first search for each sample. */
  private static final int FINER = 4;

  /** Smallest curvature, as a share of that of traces whose frequencies all agree. */
  private static final double FLATTEST = 1e-6;

  private static final int STEPS = 50;

  /** Samples from which on Newton's method halves its steps until they are rounding errors. */
  private static final double CLOSE = 1e-9;

  static Lags of(OperatorCall call, Fourier fourier, Tensor modelled, Tensor observed) {
    double timeStep = TraceChecks.positive(call, "timeStep", "s");
    Fourier.Pair spectra = crossSpectra(fourier, modelled, observed, call.parallel());
    int length = modelled.shape().extent(-1);
    Tensor coarse = correlations(fourier, spectra, length, call.parallel());
    Shape places = Shapes.with(modelled.shape(), modelled.shape().rank() - 1, 1);
    double[] lags = new double[places.size()];
    double[] curvatures = new double[places.size()];
    call.parallel()
        .run(
            lags.length,
            trace -> {
              Peak peak = new Peak(spectra, trace, length);
              double steepest = peak.steepest();
              double lag =
                  Double.isNaN(steepest) ? Double.NaN : peak.refined(largest(coarse, trace));
              double curvature = peak.curvature(lag);
              if (curvature >= -FLATTEST * steepest) {
                throw flat(call, modelled.shape(), trace);
              }
              lags[trace] = lag * timeStep;
              curvatures[trace] = curvature / timeStep / timeStep;
            });
    return new Lags(Tensor.adopt(places, lags), Tensor.adopt(places, curvatures));
  }

  private static IllegalArgumentException flat(OperatorCall call, Shape shape, int trace) {
    return Operands.wrong(
        call,
        "trace "
            + trace
            + " of `modelled` and of `observed`, which have shape "
            + shape
            + ", correlate at no lag more than at those around it. Leave traces out that are"
            + " constant or zero, or that have no frequency in common.");
  }

  /** {@code M conj(O)} of the half spectra, in float64. */
  private static Fourier.Pair crossSpectra(
      Fourier fourier, Tensor modelled, Tensor observed, Parallel parallel) {
    Fourier.Pair m = fourier.half(modelled.cast(DataType.FLOAT64), 1, 1, 1, false, parallel);
    Fourier.Pair o = fourier.half(observed.cast(DataType.FLOAT64), 1, 1, 1, false, parallel);
    return m.times(o, true, parallel);
  }

  /** Correlations at {@link #FINER} lags a sample, by Fourier series. */
  private static Tensor correlations(
      Fourier fourier, Fourier.Pair spectra, int length, Parallel parallel) {
    Fourier.Pair padded =
        new Fourier.Pair(padded(spectra.real(), length), padded(spectra.imaginary(), length));
    return fourier.whole(padded, FINER * length, 1, 1, 1, true, parallel);
  }

  /**
   * Zeros behind a half spectrum; the last frequency of an even length counts half on each side.
   */
  private static Tensor padded(Tensor half, int length) {
    int bins = half.shape().extent(-1);
    int wide = FINER * length / 2 + 1;
    Shape shape = Shapes.with(half.shape(), half.shape().rank() - 1, wide);
    double[] in = HeapArray.doubles(half);
    double[] out = new double[shape.size()];
    for (int at = 0; at < in.length; at++) {
      int k = at % bins;
      out[at / bins * wide + k] = 2 * k == length ? in[at] / 2 : in[at];
    }
    return Tensor.adopt(shape, out);
  }

  /** The lag of the largest correlation, in samples; of equal ones that nearest to 0. */
  private static double largest(Tensor coarse, int trace) {
    int count = coarse.shape().extent(-1);
    int first = trace * count;
    int best = 0;
    for (int i = 1; i < count; i++) {
      int at = i % 2 == 1 ? (i + 1) / 2 : count - i / 2;
      best = coarse.at(first + at) > coarse.at(first + best) ? at : best;
    }
    return (double) (best > count / 2 ? best - count : best) / FINER;
  }

  /** The correlation of a pair of traces as a function of a lag in samples, but for a factor. */
  private static final class Peak {

    private final double[] re;
    private final double[] im;
    private final int length;

    Peak(Fourier.Pair spectra, int trace, int length) {
      int bins = length / 2 + 1;
      this.length = length;
      this.re = new double[bins];
      this.im = new double[bins];
      for (int k = 0; k < bins; k++) {
        double weight = (2 * k == length ? 1.0 : 2.0) / length;
        re[k] = weight * spectra.real().at(trace * bins + k);
        im[k] = 2 * k == length ? 0 : weight * spectra.imaginary().at(trace * bins + k);
      }
    }

    private double turn(int k) {
      return 2 * Math.PI * k / length;
    }

    double slope(double lag) {
      double sum = 0;
      for (int k = 1; k < re.length; k++) {
        double angle = turn(k) * lag;
        sum -= turn(k) * (re[k] * Math.sin(angle) + im[k] * Math.cos(angle));
      }
      return sum;
    }

    double curvature(double lag) {
      double sum = 0;
      for (int k = 1; k < re.length; k++) {
        double angle = turn(k) * lag;
        sum -= turn(k) * turn(k) * (re[k] * Math.cos(angle) - im[k] * Math.sin(angle));
      }
      return sum;
    }

    /** What the curvature could be at most. */
    double steepest() {
      double sum = 0;
      for (int k = 1; k < re.length; k++) {
        sum += turn(k) * turn(k) * Math.hypot(re[k], im[k]);
      }
      return sum;
    }

    /** Newton's method near a lag; where it leaves, half the way to where it may go. */
    double refined(double start) {
      double low = start - 1.0 / FINER;
      double high = start + 1.0 / FINER;
      double lag = start;
      double last = Double.POSITIVE_INFINITY;
      for (int step = 0; step < STEPS; step++) {
        double slope = slope(lag);
        low = slope > 0 ? lag : low;
        high = slope < 0 ? lag : high;
        double newton = lag - slope / curvature(lag);
        double next = newton >= low && newton <= high ? newton : (low + high) / 2;
        double change = Math.abs(next - lag);
        if (change == 0 || (change >= last && last < CLOSE)) {
          break;
        }
        lag = next;
        last = change;
      }
      return lag;
    }
  }

  @Override
  public long bytes() {
    return 8L * (lags.size() + curvatures.size());
  }
}
