package dev.stride.ops.std.internal.loss;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One less the normalised cross-correlation at lag zero, of each pair of traces: 0 for traces of
 * equal form, 1 for traces that have nothing in common, 2 for opposite ones, whatever their
 * amplitudes.
 *
 * <p>With {@code u = m / |m|} and {@code v = o / |o|}, where {@code |m| = sqrt(sum(m^2) +
 * epsilon^2)}, computes {@code loss = sum(w (1 - sum(u v)))}. For a cotangent {@code g}, and {@code
 * c = sum(u v)} of a trace, the adjoint is {@code -g w (v - c u) / |m|} for {@code modelled} and
 * {@code -g w (u - c v) / |o|} for {@code observed}; there is none for the weights.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>modelled<td>[..., time], typically [source, receiver, time]<td>Pa
 *   <tr><td>observed<td>as modelled<td>Pa
 *   <tr><td>epsilon (optional, auxiliary)<td>number, not negative; default 0, with which a trace
 *       of zeros is an error<td>Pa
 *   <tr><td>weights (optional, auxiliary)<td>[...], one a trace<td>1
 *   <tr><td>loss (output)<td>[]<td>1
 * </table>
 *
 * <p>See {@link TraceLoss} for what is saved and how it is computed.
 *
 * @see <a href="https://doi.org/10.1190/1.3627782">Choi and Alkhalifah, Application of multi-source
 *     waveform inversion to marine streamer data using the global correlation norm (2012)</a>
 */
final class CorrelationDistance extends TraceLoss {

  private final TraceSum traceSum = new TraceSum();

  CorrelationDistance() {
    super("stride.correlation-distance", Port.auxiliary("epsilon", Number.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(2, 3, 7)),
        of(Shape.of(2, 3, 7))
            .with("epsilon", 0.5)
            .with("weights", Pairs.positive(Shape.of(2, 3), 26))
            .described("weighted"),
        of(Shape.of(5)),
        of(Shape.of(3, 1)).with("epsilon", 1).described("one sample a trace"),
        of(Shape.of(2, 1, 2, 3)),
        of(Shape.of(0, 3)).described("no trace"),
        Sample.of(
                Singles.normal(Shape.of(4, 31)).times(1e-6),
                Pairs.positive(Shape.of(4, 31), 25).times(1e6))
            .described("faint against loud"),
        of(Shape.of(1)).with("epsilon", 1).described("one sample"));
  }

  private static Sample of(Shape shape) {
    return Sample.of(Singles.normal(shape), Pairs.positive(shape, 25));
  }

  @Override
  Comparison comparison(OperatorCall call) {
    double epsilon = call.number("epsilon", 0);
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw Operands.wrong(
          call, "`epsilon` is " + epsilon + " Pa; it must be finite and not negative.");
    }
    return (trace, m, o, towardsM, towardsO) -> {
      double sizeM = size(call, MODELLED, trace, m, epsilon);
      double sizeO = size(call, OBSERVED, trace, o, epsilon);
      double correlation = 0;
      for (int i = 0; i < m.length; i++) {
        correlation += m[i] / sizeM * (o[i] / sizeO);
      }
      slopes(m, sizeM, o, sizeO, correlation, towardsM);
      slopes(o, sizeO, m, sizeM, correlation, towardsO);
      return 1 - correlation;
    };
  }

  /** {@code sqrt(sum(x^2) + epsilon^2)} without overflow. */
  private static double size(
      OperatorCall call, String port, int trace, double[] x, double epsilon) {
    double largest = epsilon;
    for (double value : x) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0) {
      throw Operands.wrong(
          call,
          "trace "
              + trace
              + " of `"
              + port
              + "` is zero throughout and correlates with nothing. Give `epsilon` a small number,"
              + " or leave the trace out.");
    }
    double sum = epsilon / largest * (epsilon / largest);
    for (double value : x) {
      sum += value / largest * (value / largest);
    }
    return largest * Math.sqrt(sum);
  }

  private static void slopes(
      double[] x,
      double sizeX,
      double[] other,
      double sizeOther,
      double correlation,
      double @Nullable [] into) {
    if (into != null) {
      for (int i = 0; i < x.length; i++) {
        into[i] = (correlation * (x[i] / sizeX) - other[i] / sizeOther) / sizeX;
      }
    }
  }

  @Override
  Variable<Tensor> gradient(VariableCall call, String port, Variable<Tensor> g) {
    double epsilon = call.has("epsilon") ? call.value("epsilon", Number.class).doubleValue() : 0;
    Variable<Tensor> x = call.input(port);
    Variable<Tensor> other = call.input(port.equals(MODELLED) ? OBSERVED : MODELLED);
    Variable<Tensor> size = size(x, epsilon);
    Variable<Tensor> u = x.div(size);
    Variable<Tensor> v = other.div(size(other, epsilon));
    Variable<Tensor> correlation = traceSum.call(u.times(v));
    return u.times(correlation).minus(v).div(size).times(g);
  }

  private Variable<Tensor> size(Variable<Tensor> traces, double epsilon) {
    return traceSum.call(traces.times(traces)).plus(epsilon * epsilon).sqrt();
  }
}
