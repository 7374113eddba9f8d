package dev.stride.ops.gpu.internal.loss;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Kernel;
import dev.stride.ops.gpu.internal.device.Launch;
import dev.stride.ops.gpu.internal.fourier.Fourier;
import dev.stride.ops.gpu.internal.fourier.Pair;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Source;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix.Row;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * Where the cross-correlation of pairs of traces is largest, between samples too, on a device that
 * computes in float64: as {@code stride.travel-time} of the standard pack says. A coarse search,
 * then Newton's method to rounding, a work item a pair.
 */
final class Correlations {

  /** Points of the first search for each sample. */
  private static final int FINER = 4;

  private static final Code REAL = Code.of("a * c + b * d", "a", "b", "c", "d");
  private static final Code IMAGINARY = Code.of("b * c - a * d", "a", "b", "c", "d");

  private static final String KERNEL =
      """
      #define STEPS 50
      #define CLOSE 1e-9
      #define FLATTEST 1e-6
      typedef struct {
        double slope, curvature, steepest;
      } Bends;
      static Bends bends(
          const uint length, __global const double *re, __global const double *im,
          const double lag) {
        Bends sum = {0, 0, 0};
        for (uint k = 1; 2 * k <= length; k++) {
          const double weight = (2 * k == length ? 1.0 : 2.0) / length;
          const double a = weight * re[k], b = 2 * k == length ? 0 : weight * im[k];
          const double turn = 2 * M_PI * k / length;
          double cosine;
          const double sine = sincos(turn * lag, &cosine);
          sum.slope -= turn * (a * sine + b * cosine);
          sum.curvature -= turn * turn * (a * cosine - b * sine);
          sum.steepest += turn * turn * hypot(a, b);
        }
        return sum;
      }
      static double coarse(
          const uint count, __global const double *correlation, const double finer) {
        uint best = 0;
        for (uint i = 1; i < count; i++) {
          const uint at = i % 2 == 1 ? (i + 1) / 2 : count - i / 2;
          best = correlation[at] > correlation[best] ? at : best;
        }
        return (best > count / 2 ? (double) best - count : (double) best) / finer;
      }
      __kernel void peaks(
          const uint traces, const uint length, const uint finer, const double timeStep,
          __global const double *real, __global const double *imaginary,
          __global const double *correlations, __global double *lags,
          __global double *curvatures, __global double *flat) {
        const uint trace = get_global_id(0);
        if (trace >= traces) { return; }
        const uint bins = length / 2 + 1;
        __global const double *re = real + trace * bins, *im = imaginary + trace * bins;
        double lag = coarse(finer * length, correlations + trace * finer * length, finer);
        const double steepest = bends(length, re, im, lag).steepest;
        double low = lag - 1.0 / finer, high = lag + 1.0 / finer, last = INFINITY;
        for (uint step = 0; step < STEPS; step++) {
          const Bends here = bends(length, re, im, lag);
          low = here.slope > 0 ? lag : low;
          high = here.slope < 0 ? lag : high;
          const double newton = lag - here.slope / here.curvature;
          const double next = newton >= low && newton <= high ? newton : (low + high) / 2;
          const double change = fabs(next - lag);
          if (change == 0 || (change >= last && last < CLOSE)) { break; }
          lag = next;
          last = change;
        }
        if (isnan(steepest)) { lag = NAN; }
        const double curvature = bends(length, re, im, lag).curvature;
        lags[trace] = lag * timeStep;
        curvatures[trace] = curvature / timeStep / timeStep;
        flat[trace] = curvature >= -FLATTEST * steepest ? 1 : 0;
      }
      """;

  private final ComputeDevice device;
  private final String operator;
  private final Fourier fourier;
  private final Elements elements;
  private final AlongAxis along;

  Correlations(ComputeDevice device, Tables tables, String operator) {
    this.device = device;
    this.operator = operator;
    this.fourier = new Fourier(device, tables, operator);
    this.elements = new Elements(device, operator);
    this.along = new AlongAxis(device, operator);
  }

  /** What traces of these places were found to have, in float64; belongs to the caller. */
  record Peaks(Tensor lags, Tensor curvatures, Tensor flat) {}

  /**
   * Starts to look for the lags, in s, the curvatures of the correlations there, and where there is
   * no peak, which is 1 then: all [..., 1].
   *
   * @param modelled in float64
   * @param observed in float64
   */
  Peaks peaks(Tensor modelled, Tensor observed, double timeStep) {
    int length = modelled.shape().extent(-1);
    Shape places = with(modelled.shape(), 1);
    Peaks peaks = new Peaks(wide(places), wide(places), wide(places));
    if (places.size() > 0) {
      try (Scratch scratch = new Scratch()) {
        Pair spectra = crossSpectra(modelled, observed, scratch);
        Tensor coarse = scratch.keep(correlations(spectra, length, scratch));
        launch(spectra, coarse, peaks, length, timeStep);
      }
    }
    return peaks;
  }

  private Tensor wide(Shape shape) {
    return device.allocate(shape, DataType.FLOAT64, operator + " " + shape);
  }

  /** {@code M conj(O)} of the half spectra. */
  private Pair crossSpectra(Tensor modelled, Tensor observed, Scratch scratch) {
    Pair m = fourier.half(modelled, 1, 1, 1);
    Pair o = fourier.half(observed, 1, 1, 1);
    List<Tensor> operands = List.of(m.real(), m.imaginary(), o.real(), o.imaginary());
    operands.forEach(scratch::keep);
    return new Pair(
        scratch.keep(elements.compute(REAL, m.shape(), operands)),
        scratch.keep(elements.compute(IMAGINARY, m.shape(), operands)));
  }

  /** Correlations at {@link #FINER} lags a sample, by Fourier series. */
  private Tensor correlations(Pair spectra, int length, Scratch scratch) {
    int bins = length / 2 + 1;
    SparseMatrix padding =
        SparseMatrix.of(
            FINER * length / 2 + 1,
            bins,
            k -> k < bins ? new Row().add(k, 2 * k == length ? 0.5 : 1) : new Row());
    int axis = spectra.shape().rank() - 1;
    Pair padded =
        new Pair(
            scratch.keep(along.apply(padding, spectra.real(), axis)),
            scratch.keep(along.apply(padding, spectra.imaginary(), axis)));
    return fourier.whole(padded, FINER * length, 1, 1, 1);
  }

  private void launch(Pair spectra, Tensor coarse, Peaks peaks, int length, double timeStep) {
    int traces = peaks.lags().size();
    List<DeviceStorage> targets =
        List.of(
            device.storage(peaks.lags()),
            device.storage(peaks.curvatures()),
            device.storage(peaks.flat()));
    List<Object> arguments =
        List.of(
            traces,
            length,
            FINER,
            timeStep,
            device.storage(spectra.real()),
            device.storage(spectra.imaginary()),
            device.storage(coarse),
            targets.get(0),
            targets.get(1),
            targets.get(2));
    Kernel kernel =
        device.kernel(new Form(), () -> Source.types(DataType.FLOAT64) + KERNEL, "peaks");
    device.launch(new Launch(kernel, operator, traces, arguments, targets));
  }

  /** The source depends on nothing. */
  private record Form() {}

  static Shape with(Shape shape, int last) {
    int[] extents = shape.toArray();
    extents[extents.length - 1] = last;
    return Shape.of(extents);
  }
}
