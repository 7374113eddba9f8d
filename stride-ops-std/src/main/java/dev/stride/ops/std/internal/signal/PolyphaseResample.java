package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.filter.Polyphase;
import dev.stride.ops.std.internal.filter.Traces;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * Traces resampled to {@code up / down} times their sampling frequency by a polyphase filter:
 * {@code scipy.signal.resample_poly}.
 *
 * <p>With up and down divided by what they have in common and {@code c = max(up, down)}, computes
 * {@code y[j] = sum_i h[j down - i up] x[i]} with the low-pass {@code h[k] = a sinc(k / c) w(k)}
 * for {@code |k| <= 10 c}: cut off at the lower of both Nyquist frequencies, under a Kaiser window
 * w of {@code beta = 5}, and with {@code a} such that it sums to up. Traces are zero outside;
 * unlike with stride.resample their ends do not meet. For a cotangent {@code g} the adjoint is
 * {@code sum_j h[j down - i up] g[j]}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., n]<td>any
 *   <tr><td>up (auxiliary)<td>whole number, at least 1<td>1
 *   <tr><td>down (auxiliary)<td>whole number, at least 1<td>1
 *   <tr><td>y (output)<td>[..., ceil(n up / down)]; its first sample is at the time of that of
 *       x<td>as x
 * </table>
 *
 * <p>Computes in float64 in both types. Saves the weights, 20 c + 1. Each trace is handled by one
 * thread, so results do not depend on their number. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class PolyphaseResample extends LinearOperator {

  /** Keeps the filter small: 10,000 is between any two sampling frequencies in use. */
  private static final int LARGEST = 10_000;

  PolyphaseResample() {
    super(
        "stride.resample-polyphase",
        Port.auxiliary("up", Number.class),
        Port.auxiliary("down", Number.class));
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(12)), 3, 2),
        Sample.of(Singles.normal(Shape.of(2, 3, 17)), 2, 5).described("fewer"),
        Sample.of(Singles.normal(Shape.of(2, 9)), 4, 1).described("between the samples"),
        Sample.of(Singles.normal(Shape.of(2, 64)), 1, 3).described("every third"),
        Sample.of(Singles.normal(Shape.of(2, 1)), 3, 7).described("one sample"),
        Sample.of(Singles.normal(Shape.of(3, 0)), 3, 7).described("no samples"),
        Sample.of(Singles.normal(Shape.of(2, 1, 2, 5)).times(1e6), 6, 4)
            .described("rank 4, large numbers, a fraction to reduce"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e-6), 5, 5).described("as it is, small"),
        Sample.of(Singles.normal(Shape.of(1)), 3, 2).described("one sample of one trace"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() == 0) {
      throw Operands.wrong(
          call, "`x` is a scalar; its last axis must be time. Give at least one trace.");
    }
    Polyphase filter = new Polyphase(factor(call, "up"), factor(call, "down"));
    long samples = filter.samples(x.extent(-1));
    if (samples > Integer.MAX_VALUE) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + "; traces of "
              + samples
              + " samples are too long. Choose a"
              + " smaller `up` or a larger `down`.");
    }
    return new Resampled(x, (int) samples, filter);
  }

  private static int factor(OperatorCall call, String port) {
    int factor = call.integer(port);
    if (factor < 1 || factor > LARGEST) {
      throw Operands.wrong(
          call, "`" + port + "` is " + factor + "; it must be from 1 to " + LARGEST + ".");
    }
    return factor;
  }

  @Override
  protected long steps() {
    return 40;
  }

  private record Resampled(Shape from, int samples, Polyphase filter) implements LinearMap {
    @Override
    public Shape to() {
      return Shapes.with(from, from.rank() - 1, samples);
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Traces.each(x, samples, parallel, filter::forward);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      int length = from.extent(-1);
      return Traces.each(cotangent, length, parallel, trace -> filter.adjoint(trace, length));
    }
  }
}
