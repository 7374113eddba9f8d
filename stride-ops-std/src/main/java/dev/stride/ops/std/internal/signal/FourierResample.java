package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * Traces resampled to another number of samples over the same time, by Fourier series.
 *
 * <p>With X the transform of the n samples of x, computes {@code y[j] = 1/n sum_k w[k] Re(exp(2 pi
 * i j k / m) X[k])} for {@code k = 0 .. min(n, m)/2}; {@code w} is 2, but 1 for {@code k = 0} and
 * {@code k = n/2 < m/2}, and for {@code k = m/2 <= n/2}, m even, 2 if m is below n. Frequencies
 * that m samples do not carry are dropped; traces are taken as periodic. As scipy.signal.resample
 * does. The adjoint is the transpose, in the same three steps from the last to the first.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., n]<td>any
 *   <tr><td>samples (auxiliary)<td>m, at least 1<td>1
 *   <tr><td>y (output)<td>[..., m]<td>as x
 * </table>
 *
 * <p>Takes two half spectra of workspace. Saves shapes. Results do not depend on threads. Stateless
 * but for a bounded cache of tables.
 */
final class FourierResample extends LinearOperator {

  private final Fourier fourier;

  FourierResample(Fourier fourier) {
    super("stride.resample", Port.auxiliary("samples", Number.class));
    this.fourier = fourier;
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(12)), 18),
        Sample.of(Singles.normal(Shape.of(12)), 8).described("fewer, even"),
        Sample.of(Singles.normal(Shape.of(2, 3, 7)), 5).described("fewer, odd"),
        Sample.of(Singles.normal(Shape.of(2, 7)), 16).described("odd to even"),
        Sample.of(Singles.normal(Shape.of(2, 1)), 3).described("one sample"),
        Sample.of(Singles.normal(Shape.of(3, 6)), 1).described("to one sample"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), 31).described("as it is"),
        Sample.of(Singles.normal(Shape.of(1)), 3).described("one sample of one trace"),
        Sample.of(Singles.normal(Shape.of(0, 5)), 3).described("no trace"),
        Sample.of(Singles.normal(Shape.of(2, 1, 2, 5)), 7).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(2, 9)).times(1e-6), 4).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    int samples = call.integer("samples");
    if (samples < 1) {
      throw Operands.wrong(call, "`samples` is " + samples + "; it must be at least 1.");
    }
    return new Resampled(fourier, x, samples);
  }

  @Override
  protected long steps() {
    return 20;
  }

  private record Resampled(Fourier fourier, Shape from, int samples) implements LinearMap {
    @Override
    public Shape to() {
      return Shapes.with(from, from.rank() - 1, samples);
    }

    private int length() {
      return from.extent(-1);
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      Fourier.Pair half = fourier.half(x, 1, 1, 1, false, parallel);
      double scale = 1.0 / length();
      return fourier.whole(fitted(half, samples), samples, 1, scale, scale, true, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      double scale = 1.0 / length();
      Fourier.Pair half = fourier.half(cotangent, 1, scale, 2 * scale, false, parallel);
      return fourier.whole(fitted(half, length()), length(), 1, 1, 0.5, true, parallel);
    }

    /** Half spectra cut or filled up with zeros, the last frequency that both carry weighted. */
    private Fourier.Pair fitted(Fourier.Pair half, int count) {
      return new Fourier.Pair(
          fitted(half.real(), count / 2 + 1), fitted(half.imaginary(), count / 2 + 1));
    }

    private Tensor fitted(Tensor part, int bins) {
      int given = part.shape().extent(-1);
      int common = Math.min(given, bins);
      int shorter = Math.min(length(), samples);
      boolean weighted = shorter % 2 == 0 && length() != samples;
      double weight = samples < length() ? 2 : 0.5;
      Shape shape = Shapes.with(part.shape(), part.shape().rank() - 1, bins);
      Object out = HeapArray.zeros(part.dataType(), shape.size());
      Object in = HeapArray.of(part);
      for (int row = 0; row < shape.size() / bins; row++) {
        System.arraycopy(in, row * given, out, row * bins, common);
        if (weighted) {
          int last = row * bins + shorter / 2;
          HeapArray.set(out, last, weight * HeapArray.get(out, last));
        }
      }
      return HeapArray.adopt(shape, out);
    }
  }
}
