package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Fourier;
import dev.stride.ops.gpu.internal.fourier.Pair;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix.Row;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.LinearMap;
import dev.stride.ops.gpu.internal.operator.LinearOperator;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * Traces resampled to another number of samples over the same time, by Fourier series, on a device;
 * of ports and meaning as {@code stride.resample} of the standard pack. The adjoint is the
 * transpose, in the same three steps from the last to the first. Saves shapes. Stateless but for a
 * bounded cache of tables.
 */
final class FourierResample extends LinearOperator {

  private final Fourier fourier;
  private final AlongAxis along;

  FourierResample(ComputeDevice device, Tables tables) {
    super("stride.resample", device, Port.auxiliary("samples", Number.class));
    this.fourier = new Fourier(device, tables, "stride.resample");
    this.along = new AlongAxis(device, "stride.resample");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(12), 23), 18),
        Sample.of(Domain.ALL.of(Shape.of(12), 23), 8).described("fewer, even"),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 7), 23), 5).described("fewer, odd"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    int samples = call.integer("samples");
    if (samples < 1) {
      throw Operands.wrong(call, "`samples` is " + samples + "; it must be at least 1.");
    }
    return new Resampled(x.extent(-1), samples);
  }

  private final class Resampled implements LinearMap {

    private final int length;
    private final int samples;

    Resampled(int length, int samples) {
      this.length = length;
      this.samples = samples;
    }

    @Override
    public Tensor forward(Tensor x) {
      double scale = 1.0 / length;
      return whole(fourier.half(x, 1, 1, 1), samples, scale, scale);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      double scale = 1.0 / length;
      return whole(fourier.half(cotangent, 1, scale, 2 * scale), length, 1, 0.5);
    }

    /** Half spectra cut or filled up with zeros, and the lines of these. */
    private Tensor whole(Pair half, int count, double ends, double middle) {
      SparseMatrix fit = fit(half.shape().extent(-1), count / 2 + 1);
      int axis = half.shape().rank() - 1;
      try (Scratch scratch = new Scratch()) {
        Tensor real = along.apply(fit, scratch.keep(half.real()), axis);
        Tensor imaginary = along.apply(fit, scratch.keep(half.imaginary()), axis);
        Pair fitted = new Pair(scratch.keep(real), scratch.keep(imaginary));
        return fourier.whole(fitted, count, 1, ends, middle);
      }
    }

    /** The last frequency that both carry is weighted. */
    private SparseMatrix fit(int given, int bins) {
      int shorter = Math.min(length, samples);
      boolean weighted = shorter % 2 == 0 && length != samples;
      double weight = samples < length ? 2 : 0.5;
      return SparseMatrix.of(
          bins,
          given,
          k -> k < given ? new Row().add(k, weighted && k == shorter / 2 ? weight : 1) : new Row());
    }
  }
}
