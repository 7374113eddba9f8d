package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.filter.RecursiveFilter;
import dev.stride.ops.std.internal.filter.Traces;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Butterworth filter of traces along the last axis, time: causal, or without a delay.
 *
 * <p>Computes {@code y[n] = sum_m h[n - m] x[m]} with the impulse response {@code h} of a low-pass
 * (if {@code high} alone is given), a high-pass ({@code low} alone) or a band-pass (both); without
 * either it passes everything. Traces are at rest before their first sample. The magnitude is
 * {@code 1/sqrt(2)} (-3 dB) at each cut-off frequency, and there is a delay. For a cotangent {@code
 * g} the adjoint is the same filter run backward in time, {@code sum_n h[n - m] g[n]}.
 *
 * <p>With {@code zeroPhase} the filter is run forward and then its transpose backward, over the
 * same samples: traces are at rest before their first sample and after their last. Nothing is
 * delayed, the magnitude is squared, 1/2 (-6 dB) at each cut-off, and the adjoint is the filter
 * itself. What would ring on beyond the last sample is cut off: pad traces that do not end quietly.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., time]<td>any
 *   <tr><td>timeStep (auxiliary)<td>number<td>s
 *   <tr><td>low (optional, auxiliary)<td>number, lower cut-off<td>Hz
 *   <tr><td>high (optional, auxiliary)<td>number, upper cut-off<td>Hz
 *   <tr><td>order (optional, auxiliary)<td>whole number from 1 to 20, default 4; a band-pass falls
 *       off by this order on either side<td>1
 *   <tr><td>zeroPhase (optional, auxiliary)<td>Boolean, default false<td>1
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Second-order sections made by the bilinear transform with pre-warped cut-offs, in float64
 * whatever the type of the traces. Saves the coefficients. Each trace is filtered by one thread, so
 * results do not depend on their number. Stateless: one instance serves any number of concurrent
 * calls.
 */
final class ButterworthFilter extends LinearOperator {

  private static final int DEFAULT_ORDER = 4;
  private static final int MAX_ORDER = 20;

  ButterworthFilter() {
    super(
        "stride.butterworth",
        Port.auxiliary("timeStep", Number.class),
        Port.auxiliary("low", Number.class).optional(),
        Port.auxiliary("high", Number.class).optional(),
        Port.auxiliary("order", Number.class).optional(),
        Port.auxiliary("zeroPhase", Boolean.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(2, 3, 64)).with("low", 0.02).with("high", 0.1).described("band-pass"),
        of(Shape.of(3, 33)).with("high", 0.11).with("order", 3).described("low-pass"),
        of(Shape.of(40)).with("low", 0.2).with("order", 1).described("high-pass"),
        of(Shape.of(2, 1)).with("high", 0.2).described("one sample"),
        of(Shape.of(2, 50)).with("low", 1e-3).with("high", 0.45).described("wide band"),
        Sample.of(Singles.normal(Shape.of(2, 48)).times(1e5), 1e-7)
            .with("high", 1e6)
            .with("order", 8)
            .described("high order, ultrasound units"),
        of(Shape.of(2, 3, 41))
            .with("low", 0.05)
            .with("high", 0.2)
            .with("zeroPhase", true)
            .described("band-pass without delay"),
        of(Shape.of(2, 1, 2, 7))
            .with("high", 0.2)
            .with("order", 1)
            .with("zeroPhase", true)
            .described("rank 4, low-pass without delay"),
        Sample.of(Singles.normal(Shape.of(3, 0)), 1.0).with("high", 0.2).described("no samples"),
        Sample.of(Singles.normal(Shape.of(2, 12)).times(1e-6), 1.0)
            .with("low", 0.2)
            .with("zeroPhase", true)
            .described("small numbers, high-pass without delay"),
        of(Shape.of(2, 9)).described("no cut-off"),
        of(Shape.of(1)).with("high", 0.2).described("one sample of one trace"));
  }

  private static Sample of(Shape shape) {
    return Sample.of(Singles.normal(shape), 1.0);
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() == 0) {
      throw Operands.wrong(
          call, "`x` is a scalar; its last axis must be time. Give at least one trace.");
    }
    double timeStep = call.number("timeStep");
    if (!(timeStep > 0)) {
      throw Operands.wrong(call, "`timeStep` is " + timeStep + " s; it must be positive.");
    }
    Double low = fraction(call, "low", timeStep);
    Double high = fraction(call, "high", timeStep);
    if (low != null && high != null && low >= high) {
      throw Operands.wrong(
          call,
          "`low` is "
              + call.number("low")
              + " Hz and `high` is "
              + call.number("high")
              + " Hz; the lower cut-off must be below the upper one. Exchange them.");
    }
    RecursiveFilter filter = RecursiveFilter.butterworth(order(call), low, high);
    boolean zeroPhase = call.has("zeroPhase") && call.value("zeroPhase", Boolean.class);
    return zeroPhase ? new Unshifted(x, filter) : new Filtered(x, filter);
  }

  private static int order(OperatorCall call) {
    int order = call.integer("order", DEFAULT_ORDER);
    if (order < 1 || order > MAX_ORDER) {
      throw Operands.wrong(
          call, "`order` is " + order + "; it must be from 1 to " + MAX_ORDER + ".");
    }
    return order;
  }

  private static @Nullable Double fraction(OperatorCall call, String port, double timeStep) {
    if (!call.has(port)) {
      return null;
    }
    double frequency = call.number(port);
    double nyquist = 0.5 / timeStep;
    if (!(frequency > 0) || frequency >= nyquist) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` is "
              + frequency
              + " Hz; with a time step of "
              + timeStep
              + " s it must be above 0 and below the Nyquist frequency "
              + nyquist
              + " Hz. Choose another frequency or a shorter step, or leave this cut-off out.");
    }
    return frequency * timeStep;
  }

  /** A recursive filter takes about this many steps a sample. */
  @Override
  protected long steps() {
    return 40;
  }

  private record Filtered(Shape from, RecursiveFilter filter) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Traces.each(x, parallel, filter::forward);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Traces.each(cotangent, parallel, filter::adjoint);
    }
  }

  /** A filter and its transpose, which together are their own. */
  private record Unshifted(Shape from, RecursiveFilter filter) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Traces.each(
          x,
          parallel,
          trace -> {
            filter.forward(trace);
            filter.adjoint(trace);
          });
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return forward(cotangent, parallel);
    }
  }
}
