package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The instantaneous phase of traces: the angle of their analytic signal, from -pi to pi.
 *
 * <p>Computes {@code y = atan2(h, x)} with {@code h = H x}, see {@link HilbertTransform}; traces
 * are taken as periodic. With {@code e^2 = x^2 + h^2} and a cotangent {@code g} the adjoint is
 * {@code -g h / e^2 - H (g x / e^2)}. There is no phase where the envelope e vanishes: a sample at
 * which it is below 1e-6 of the largest of its trace is refused.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., time]<td>any
 *   <tr><td>y (output)<td>as x<td>rad
 * </table>
 *
 * <p>Saves nothing; the adjoint sees x. Results do not depend on threads. Stateless but for a
 * bounded cache of tables.
 */
final class InstantaneousPhase extends AnalyticOperator {

  /** Smallest envelope, as a share of the largest one of the trace. */
  private static final double SMALLEST = 1e-6;

  InstantaneousPhase(Fourier fourier) {
    super("stride.instantaneous-phase", fourier);
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(turning(12)),
        Sample.of(turning(2, 3, 7)).described("odd"),
        Sample.of(turning(31).times(1e6)).described("prime, large numbers"),
        Sample.of(turning(2, 1, 2, 9).times(1e-6)).described("rank 4, small"),
        Sample.of(turning(3, 10)),
        Sample.of(turning(0, 8)).described("no trace"));
  }

  /** Traces that turn around the origin once, disturbed a little. */
  private static Tensor turning(int... extents) {
    Shape shape = Shape.of(extents);
    Tensor noise = Singles.normal(shape);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      double angle = 2 * Math.PI * (i % shape.extent(-1) + 0.3) / shape.extent(-1);
      values[i] = 3 * Math.cos(angle) + 0.1 * noise.at(i);
    }
    return Tensor.adopt(shape, values);
  }

  @Override
  Tensor value(OperatorCall call, Tensor x, Tensor h) {
    int length = x.shape().extent(-1);
    for (int from = 0; from < x.size(); from += length) {
      checkTrace(call, x, h, from, length);
    }
    return h.zip(x, Math::atan2);
  }

  private static void checkTrace(OperatorCall call, Tensor x, Tensor h, int from, int length) {
    double largest = 0;
    for (int i = from; i < from + length; i++) {
      largest = Math.max(largest, Math.hypot(x.at(i), h.at(i)));
    }
    for (int i = from; i < from + length; i++) {
      double envelope = Math.hypot(x.at(i), h.at(i));
      if (envelope <= SMALLEST * largest) {
        throw Operands.wrong(
            call,
            "the envelope of `x`, which has shape "
                + x.shape()
                + ", is "
                + envelope
                + " at sample "
                + (i - from)
                + " of trace "
                + from / length
                + ", the largest of the trace "
                + largest
                + "; there is no phase where it is below "
                + SMALLEST
                + " of the largest. Cut the quiet part off with stride.slice, or add a little"
                + " noise.");
      }
    }
  }

  @Override
  Tensor alongX(Tensor x, Tensor h) {
    return x.zip(h, (a, b) -> -share(b, a));
  }

  @Override
  Tensor alongH(Tensor x, Tensor h) {
    return x.zip(h, (a, b) -> share(a, b));
  }

  /** {@code part / (part^2 + other^2)} without overflow. */
  private static double share(double part, double other) {
    double magnitude = Math.hypot(part, other);
    return part / magnitude / magnitude;
  }

  @Override
  public Variable<Tensor> gradient(Variable<Tensor> x, Variable<Tensor> cotangent) {
    Variable<Tensor> h = hilbert().call(x);
    Variable<Tensor> envelope = envelope().call(x);
    Variable<Tensor> scaled = cotangent.div(envelope);
    Variable<Tensor> across = hilbert().call(scaled.times(x.div(envelope)));
    return scaled.times(h.div(envelope)).unaryMinus().minus(across);
  }
}
