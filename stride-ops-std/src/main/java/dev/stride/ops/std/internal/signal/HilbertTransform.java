package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The Hilbert transform of traces, the imaginary part of the analytic signal: every frequency
 * delayed by a quarter of its period.
 *
 * <p>Computes {@code y[j] = 2/n sum_k Im(exp(2 pi i j k / n) X[k])} over {@code 0 < k < n/2}, with
 * {@code X} the transform of x, so that the traces are taken as periodic: pad them with zeros where
 * the ends should not meet. The transform is antisymmetric: for a cotangent {@code g} the adjoint
 * is the transform of {@code -g}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., time]<td>any
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Takes one half spectrum of workspace. Saves shapes. Results do not depend on threads.
 * Stateless but for a bounded cache of tables.
 */
final class HilbertTransform extends LinearOperator {

  private final Fourier fourier;

  HilbertTransform(Fourier fourier) {
    super("stride.hilbert");
    this.fourier = fourier;
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(12))),
        Sample.of(Singles.normal(Shape.of(2, 3, 7))).described("odd"),
        Sample.of(Singles.normal(Shape.of(2, 31)).times(1e6)).described("prime, large numbers"),
        Sample.of(Singles.normal(Shape.of(2, 1, 2, 3)).times(1e-6)).described("rank 4, small"),
        Sample.of(Singles.normal(Shape.of(0, 8))).described("no trace"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    return new Quarter(fourier, x);
  }

  @Override
  protected long steps() {
    return 20;
  }

  private record Quarter(Fourier fourier, Shape from) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Analytic.imaginary(fourier, x, 1, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Analytic.imaginary(fourier, cotangent, -1, parallel);
    }
  }
}
