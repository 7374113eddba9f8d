package dev.stride.ops.std.internal.loss;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Half the squared Wasserstein-2 distance between each pair of traces, made positive and of mass 1:
 * it grows with the square of a delay, whatever the period, and so does not skip cycles as a
 * difference of samples does.
 *
 * <p>A trace {@code m} becomes the masses {@code p = s / sum(s)} with {@code s = ln(1 + e^(m /
 * scale))}, softplus, each spread evenly over its time step; {@code o} becomes {@code q} likewise.
 * With T the map of time that moves p into q in order, computes {@code loss = sum(w / 2 int (t -
 * T(t))^2 dp)}, exactly. For a cotangent {@code g}, and {@code phi} the mean over each time step of
 * the potential with derivative {@code t - T(t)}, the adjoint for {@code modelled} is {@code g w
 * (phi - sum(p phi)) / (scale sum(s) (1 + e^(-m / scale)))}; that for {@code observed} is the same
 * with both exchanged; there is none for the weights.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>modelled<td>[..., time], typically [source, receiver, time]<td>Pa
 *   <tr><td>observed<td>as modelled<td>Pa
 *   <tr><td>timeStep (auxiliary)<td>number<td>s
 *   <tr><td>scale (auxiliary)<td>positive number, about the amplitude of the traces: much smaller
 *       ones count positive parts alone, much larger ones hide the traces under their mean; at
 *       least 1/30 of the largest amplitude, below which masses vanish in rounding<td>Pa
 *   <tr><td>weights (optional, auxiliary)<td>[...], one a trace<td>1
 *   <tr><td>loss (output)<td>[]<td>s^2
 * </table>
 *
 * <p>See {@link TraceLoss} for what is saved and how it is computed.
 *
 * @see <a href="https://arxiv.org/abs/2002.00031">Engquist and Yang, Optimal transport based
 *     seismic inversion: beyond cycle skipping (2020)</a>
 */
final class OptimalTransport extends TraceLoss {

  /** Largest amplitude over scale: of masses that far apart the smaller is still seen in a sum. */
  private static final double STEEPEST = 30;

  private static final Expression SCALED = Expression.operand(0).over(Expression.parameter(0));

  private final ElementOperator masses =
      new ElementOperator(
          Formula.named("stride.optimal-transport-masses")
              .input("x")
              .number("scale")
              .slope("x", share(Expression.operand(1)))
              .computes(
                  BinaryFunction.MAX
                      .of(SCALED, Expression.constant(0))
                      .plus(
                          UnaryFunction.LOG1P.of(
                              UnaryFunction.EXP.of(UnaryFunction.ABS.of(SCALED).negated())))));

  private final ElementOperator shares =
      new ElementOperator(
          Formula.named("stride.optimal-transport-shares")
              .input("masses")
              .number("scale")
              .computes(share(Expression.operand(0))));

  private final TransportSlopes slopes = new TransportSlopes();
  private final TraceSum traceSum = new TraceSum();

  OptimalTransport() {
    super(
        "stride.optimal-transport",
        Port.auxiliary("timeStep", Number.class),
        Port.auxiliary("scale", Number.class));
  }

  /** The derivative of softplus, written in its value. */
  private static Expression share(Expression mass) {
    return UnaryFunction.EXPM1.of(mass.negated()).negated().over(Expression.parameter(0));
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(2, 3, 7), 1, 1.5),
        of(Shape.of(2, 3, 7), 0.5, 0.8)
            .with("weights", Pairs.positive(Shape.of(2, 3), 26))
            .described("weighted"),
        of(Shape.of(31), 1, 2),
        of(Shape.of(3, 2), 1, 1).described("two samples a trace"),
        of(Shape.of(0, 3), 1, 1).described("no trace"),
        of(Shape.of(2, 1, 2, 5), 1e-6, 1).described("rank 4, short steps"),
        Sample.of(
                Singles.normal(Shape.of(2, 9)).times(1e6),
                Pairs.positive(Shape.of(2, 9), 25).times(1e6),
                1,
                1e6)
            .described("large numbers"),
        Sample.of(
                Singles.normal(Shape.of(2, 9)).times(1e-6),
                Pairs.positive(Shape.of(2, 9), 25).times(1e-6),
                1,
                1e-6)
            .described("small numbers"));
  }

  private static Sample of(Shape shape, double timeStep, double scale) {
    return Sample.of(Singles.normal(shape), Pairs.positive(shape, 25), timeStep, scale);
  }

  @Override
  Comparison comparison(OperatorCall call) {
    double timeStep = TraceChecks.positive(call, "timeStep", "s");
    double scale = TraceChecks.positive(call, "scale", "Pa");
    double half = timeStep * timeStep / 2;
    return (trace, m, o, towardsM, towardsO) -> {
      Masses p = new Masses(call, MODELLED, trace, m, scale);
      Masses q = new Masses(call, OBSERVED, trace, o, scale);
      p.slopes(q, half, towardsM);
      q.slopes(p, half, towardsO);
      return half * new Transport(p.shares, q.shares).cost();
    };
  }

  /** A trace as masses that sum to 1. */
  private static final class Masses {

    private final double[] shares;
    private final double[] slopes;

    Masses(OperatorCall call, String port, int trace, double[] x, double scale) {
      this.shares = new double[x.length];
      this.slopes = new double[x.length];
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double scaled = x[i] / scale;
        if (Math.abs(scaled) > STEEPEST) {
          throw tooSteep(call, port, trace, x[i], scale);
        }
        shares[i] = Math.max(scaled, 0) + Math.log1p(Math.exp(-Math.abs(scaled)));
        sum += shares[i];
      }
      for (int i = 0; i < x.length; i++) {
        slopes[i] = -Math.expm1(-shares[i]) / (scale * sum);
        shares[i] /= sum;
      }
    }

    private static IllegalArgumentException tooSteep(
        OperatorCall call, String port, int trace, double value, double scale) {
      return Operands.wrong(
          call,
          "trace "
              + trace
              + " of `"
              + port
              + "` reaches "
              + value
              + " Pa and `scale` is "
              + scale
              + " Pa; it must be at least 1/"
              + (int) STEEPEST
              + " of the largest amplitude. Give about the amplitude itself, or scale the traces.");
    }

    /** Of the cost of moving these masses to others, along the trace. */
    void slopes(Masses other, double factor, double @Nullable [] into) {
      if (into == null) {
        return;
      }
      double[] potential = new Transport(shares, other.shares).slopes();
      double mean = 0;
      for (int i = 0; i < into.length; i++) {
        mean += shares[i] * potential[i];
      }
      for (int i = 0; i < into.length; i++) {
        into[i] = factor * (potential[i] - mean) * slopes[i];
      }
    }
  }

  @Override
  Variable<Tensor> gradient(VariableCall call, String port, Variable<Tensor> g) {
    Number scale = call.value("scale", Number.class);
    double timeStep = call.value("timeStep", Number.class).doubleValue();
    Variable<Tensor> x = masses.call(call.input(port), scale);
    Variable<Tensor> other =
        masses.call(call.input(port.equals(MODELLED) ? OBSERVED : MODELLED), scale);
    Variable<Tensor> sum = traceSum.call(x);
    Variable<Tensor> p = x.div(sum);
    Variable<Tensor> q = other.div(traceSum.call(other));
    Variable<Tensor> potential = slopes.call(p, q);
    Variable<Tensor> mean = traceSum.call(potential.times(p));
    return potential
        .minus(mean)
        .times(shares.call(x, scale))
        .div(sum)
        .times(g)
        .times(timeStep * timeStep / 2);
  }
}
