package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.filter.Traces;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Traces times a window.
 *
 * <p>Computes {@code y[n] = w[n] x[n]}; for a cotangent {@code g} the adjoint is {@code w[n] g[n]}.
 * With {@code t = n / (N - 1)} and {@code u = 2 t - 1} the windows are: hann {@code 0.5 - 0.5 cos(2
 * pi t)}; hamming {@code 0.54 - 0.46 cos(2 pi t)}; blackman {@code 0.42 - 0.5 cos(2 pi t) + 0.08
 * cos(4 pi t)}; bartlett {@code 1 - |u|}; tukey, 1 but for half a Hann window over the fraction
 * {@code shape} of the trace, half of it at either end; kaiser {@code I0(shape sqrt(1 - u^2)) /
 * I0(shape)}; gaussian, with standard deviation {@code shape} in samples.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., time]<td>any
 *   <tr><td>kind (optional, auxiliary)<td>name of the window, default hann<td>
 *   <tr><td>shape (optional, auxiliary)<td>number; default 0.5 for tukey, 8.6 for kaiser, N / 6 for
 *       gaussian<td>1; samples for gaussian
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Computes in float64. Saves the weights, as many as a trace has samples. Each trace is handled
 * by one thread, so results do not depend on their number. Stateless: one instance serves any
 * number of concurrent calls.
 */
final class Windowed extends LinearOperator {

  Windowed() {
    super(
        "stride.window",
        Port.auxiliary("kind", String.class).optional(),
        Port.auxiliary("shape", Number.class).optional());
  }

  static List<Sample> samples() {
    Stream<Sample> shapes =
        Stream.of(
            Sample.of(Singles.normal(Shape.of(1))).described("one sample"),
            Sample.of(Singles.normal(Shape.of(0, 5))).described("no trace"),
            Sample.of(Singles.normal(Shape.of(2, 3, 4)).times(1e-6)).described("small numbers"));
    return Stream.of(
            shapes,
            Window.KINDS.stream()
                .map(kind -> Sample.of(Singles.normal(Shape.of(2, 13)), kind).described(kind)),
            IntStream.of(1, 3, 31)
                .mapToObj(
                    length -> Sample.of(Singles.normal(Shape.of(2, 1, 2, length)).times(1e6))))
        .flatMap(samples -> samples)
        .toList();
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    return new Weighted(x, Window.of(call, x.extent(-1)));
  }

  @SuppressWarnings("ArrayRecordComponent") // shared with nobody
  private record Weighted(Shape from, double[] weights) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public long bytes() {
      return (long) Double.BYTES * weights.length;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Traces.each(
          x,
          parallel,
          trace -> {
            for (int n = 0; n < trace.length; n++) {
              trace[n] *= weights[n];
            }
          });
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return forward(cotangent, parallel);
    }
  }
}
