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

/**
 * The integral in time from the first sample on, by the trapezoidal rule.
 *
 * <p>Computes {@code y[0] = 0} and {@code y[n] = y[n-1] + dt/2 (x[n-1] + x[n])}. For a cotangent
 * {@code g} the adjoint is, with {@code s[m] = sum_{n >= m} g[n]}, {@code dt/2 (s[m] + s[m+1])},
 * but {@code dt/2 s[1]} for the first sample.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., time]<td>any
 *   <tr><td>timeStep (auxiliary)<td>number<td>s
 *   <tr><td>y (output)<td>as x<td>unit of x times s
 * </table>
 *
 * <p>Sums in float64. Saves shapes. Each trace is handled by one thread, so results do not depend
 * on their number. Stateless: one instance serves any number of concurrent calls.
 */
final class TimeIntegral extends LinearOperator {

  TimeIntegral() {
    super("stride.time-integral", Port.auxiliary("timeStep", Number.class));
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
    return new Trapezoids(x, Signals.timeStep(call) / 2);
  }

  private record Trapezoids(Shape from, double half) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Traces.each(x, parallel, this::integrate);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Traces.each(cotangent, parallel, this::transposed);
    }

    private void integrate(double[] trace) {
      double sum = 0;
      double before = trace[0];
      trace[0] = 0;
      for (int n = 1; n < trace.length; n++) {
        sum += half * (before + trace[n]);
        before = trace[n];
        trace[n] = sum;
      }
    }

    private void transposed(double[] trace) {
      double later = 0;
      for (int m = trace.length - 1; m > 0; m--) {
        double here = later + trace[m];
        trace[m] = half * (here + later);
        later = here;
      }
      trace[0] = half * later;
    }
  }
}
