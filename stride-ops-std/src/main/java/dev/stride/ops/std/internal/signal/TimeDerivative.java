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
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The derivative in time by central differences, one-sided at both ends.
 *
 * <p>Computes {@code y[n] = (x[n+1] - x[n-1]) / (2 dt)}, {@code y[0] = (x[1] - x[0]) / dt} and
 * {@code y[N-1] = (x[N-1] - x[N-2]) / dt}. For a cotangent {@code g} the adjoint adds {@code g[n] /
 * (2 dt)} to sample {@code n + 1} and takes it from sample {@code n - 1}, and likewise at the ends.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., time], two samples or more<td>any
 *   <tr><td>timeStep (auxiliary)<td>number<td>s
 *   <tr><td>y (output)<td>as x<td>unit of x per s
 * </table>
 *
 * <p>Computes in float64. Saves shapes. Each trace is handled by one thread, so results do not
 * depend on their number. Stateless: one instance serves any number of concurrent calls.
 */
final class TimeDerivative extends LinearOperator {

  TimeDerivative() {
    super("stride.time-derivative", Port.auxiliary("timeStep", Number.class));
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(12)), 0.5),
        Sample.of(Singles.normal(Shape.of(3, 2)), 1).described("two samples"),
        Sample.of(Singles.normal(Shape.of(2, 1, 31)), 1e-7).described("ultrasound units"),
        Sample.of(Singles.normal(Shape.of(2, 2, 1, 5)).times(1e6), 2).described("rank 4, large"),
        Sample.of(Singles.normal(Shape.of(0, 5)), 1).described("no trace"),
        Sample.of(Singles.normal(Shape.of(2, 9)).times(1e-6), 1).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Signals.checkTime(call, "x", x);
    if (x.extent(-1) < 2) {
      throw Operands.wrong(
          call,
          "`x` has shape " + x + "; a difference takes two samples or more. Give longer traces.");
    }
    return new Differences(x, Signals.timeStep(call));
  }

  private record Differences(Shape from, double timeStep) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Traces.each(x, parallel, this::difference);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Traces.each(cotangent, parallel, this::transposed);
    }

    private void difference(double[] trace) {
      double before = trace[0];
      for (int n = 0; n < trace.length; n++) {
        double here = trace[n];
        boolean last = n == trace.length - 1;
        double steps = n == 0 || last ? 1 : 2;
        trace[n] = ((last ? here : trace[n + 1]) - before) / (steps * timeStep);
        before = here;
      }
    }

    private void transposed(double[] trace) {
      int last = trace.length - 1;
      double[] weighted = new double[trace.length];
      for (int n = 0; n <= last; n++) {
        weighted[n] = trace[n] / ((n == 0 || n == last ? 1 : 2) * timeStep);
      }
      for (int m = 0; m <= last; m++) {
        double plus = m == 0 ? -weighted[0] : weighted[m - 1];
        double minus = m == last ? -weighted[last] : weighted[m + 1];
        trace[m] = plus - minus;
      }
    }
  }
}
