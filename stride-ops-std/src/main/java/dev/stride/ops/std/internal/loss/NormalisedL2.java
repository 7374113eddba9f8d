package dev.stride.ops.std.internal.loss;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Half the squared L2 distance between traces that are each divided by their norm, so that
 * amplitudes do not count. Without weights and epsilon it is one less the correlation of each pair
 * of traces, summed up.
 *
 * <p>With {@code u = m / |m|} and {@code v = o / |o|} for each trace {@code m} of {@code modelled}
 * and {@code o} of {@code observed}, where {@code |m| = sqrt(sum(m^2) + epsilon^2)}, computes
 * {@code loss = 1/2 sum(w * (u - v)^2)} with weights {@code w}, 1 if they are left out. For a
 * cotangent {@code g}, with {@code r = w * (u - v)}, the adjoint is {@code g (r - u sum(u r)) /
 * |m|} for {@code modelled} and {@code -g (r - v sum(v r)) / |o|} for {@code observed}, sums being
 * over a trace; there is none for the weights.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>modelled<td>[..., time], typically [source, receiver, time]<td>Pa
 *   <tr><td>observed<td>as modelled<td>Pa
 *   <tr><td>epsilon (optional, auxiliary)<td>number, not negative; default 0, with which a trace
 *       of zeros is an error<td>Pa
 *   <tr><td>weights (optional, auxiliary)<td>as modelled<td>1
 *   <tr><td>loss (output)<td>[]<td>1
 * </table>
 *
 * <p>Saves nothing; the adjoint sees the arguments. Allocates float64 copies of the arguments. Sums
 * in float64 in a fixed order; results do not depend on threads. Stateless: one instance serves any
 * number of concurrent calls.
 */
final class NormalisedL2
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.normalised-l2")
          .input("modelled")
          .input("observed")
          .input(Port.auxiliary("epsilon", Number.class).optional())
          .input(Port.auxiliary("weights", Tensor.class).optional())
          .output("loss")
          .build();

  private final TraceSum traceSum = new TraceSum();

  static List<Sample> samples() {
    Tensor modelled = Singles.normal(Shape.of(2, 3, 7));
    Tensor observed = Pairs.positive(modelled.shape(), 25);
    return List.of(
        Sample.of(modelled, observed),
        Sample.of(modelled, observed, 0.5)
            .with("weights", Pairs.positive(modelled.shape(), 26))
            .described("weighted"),
        Sample.of(Singles.normal(Shape.of(5)), Pairs.positive(Shape.of(5), 27)),
        Sample.of(Singles.normal(Shape.of(3, 1)), Pairs.positive(Shape.of(3, 1), 27), 1)
            .described("one sample a trace"),
        Sample.of(Singles.normal(Shape.of(2, 1, 2, 3)), Pairs.positive(Shape.of(2, 1, 2, 3), 27)),
        Sample.of(modelled.times(1e-6), observed.times(1e6)).described("faint against loud"),
        Sample.of(Singles.normal(Shape.of(1)), Pairs.positive(Shape.of(1), 27), 1)
            .described("one sample"),
        Sample.of(Singles.normal(Shape.of(0, 3)), Pairs.positive(Shape.of(0, 3), 27))
            .described("no trace"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  /** Unit traces, one over their norms, and weighted residuals. */
  private static final class Traces {

    private final int length;
    private final double[] u;
    private final double[] v;
    private final double[] residual;
    private final double[] inverseU;
    private final double[] inverseV;
    private final double[] parts;

    Traces(OperatorCall call) {
      Tensor modelled = call.tensor("modelled");
      Tensor observed = call.tensor("observed");
      this.length = modelled.shape().extent(-1);
      this.u = modelled.toDoubleArray();
      this.v = observed.toDoubleArray();
      this.residual = new double[u.length];
      int traces = length == 0 ? 0 : u.length / length;
      this.inverseU = new double[traces];
      this.inverseV = new double[traces];
      this.parts = new double[traces];
      double epsilon = call.number("epsilon", 0);
      double[] weights =
          call.has("weights") ? call.tensor("weights").toDoubleArray() : new double[0];
      call.parallel()
          .run(
              traces,
              trace -> {
                inverseU[trace] = normalise(call, "modelled", u, trace, epsilon);
                inverseV[trace] = normalise(call, "observed", v, trace, epsilon);
                parts[trace] = compare(weights, trace);
              });
    }

    private double normalise(
        OperatorCall call, String port, double[] values, int trace, double epsilon) {
      int from = trace * length;
      double largest = epsilon;
      for (int i = from; i < from + length; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      if (largest == 0) {
        throw Operands.wrong(
            call,
            "trace "
                + trace
                + " of `"
                + port
                + "` is zero throughout and has no direction. Give `epsilon` a small number, or"
                + " leave the trace out.");
      }
      double sum = (epsilon / largest) * (epsilon / largest);
      for (int i = from; i < from + length; i++) {
        sum += (values[i] / largest) * (values[i] / largest);
      }
      double inverse = 1 / (largest * Math.sqrt(sum));
      for (int i = from; i < from + length; i++) {
        values[i] *= inverse;
      }
      return inverse;
    }

    private double compare(double[] weights, int trace) {
      double sum = 0;
      for (int i = trace * length; i < (trace + 1) * length; i++) {
        double difference = u[i] - v[i];
        residual[i] = weights.length == 0 ? difference : weights[i] * difference;
        sum += residual[i] * difference;
      }
      return sum;
    }

    /** {@code factor (r - u sum(u r)) / |m|}. */
    Tensor gradient(double[] unit, double[] inverse, double factor, Tensor like) {
      double[] gradient = new double[unit.length];
      for (int trace = 0; trace < inverse.length; trace++) {
        double along = 0;
        for (int i = trace * length; i < (trace + 1) * length; i++) {
          along += unit[i] * residual[i];
        }
        for (int i = trace * length; i < (trace + 1) * length; i++) {
          gradient[i] = factor * inverse[trace] * (residual[i] - along * unit[i]);
        }
      }
      return Tensor.adopt(like.shape(), gradient).cast(like.dataType());
    }
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor modelled = call.tensor("modelled");
    if (modelled.shape().rank() == 0) {
      throw Operands.wrong(
          call, "`modelled` is a scalar and has no traces. Give it a last axis of time.");
    }
    checkAlike(call, modelled, "observed");
    if (call.has("weights")) {
      checkAlike(call, modelled, "weights");
    }
    double epsilon = call.number("epsilon", 0);
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw Operands.wrong(
          call, "`epsilon` is " + epsilon + " Pa; it must be finite and not negative.");
    }
    double sum = Reduction.sum(Tensor.of(new Traces(call).parts), call.parallel());
    return Outputs.of(Tensor.scalar(0.5 * sum, modelled.dataType()));
  }

  private static void checkAlike(OperatorCall call, Tensor modelled, String port) {
    Operands.sameType(call, "modelled", modelled, port, call.tensor(port));
    Operands.sameShape(call, "modelled", modelled, port, call.tensor(port));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Traces traces = new Traces(call);
    double g = call.cotangent().item();
    Tensor like = call.tensor("modelled");
    return Gradients.of(
        call.needsGrad("modelled") ? traces.gradient(traces.u, traces.inverseU, g, like) : null,
        call.needsGrad("observed") ? traces.gradient(traces.v, traces.inverseV, -g, like) : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Traces traces = new Traces(call);
    Tensor modelled = call.direction("modelled").cast(DataType.FLOAT64);
    Tensor observed = call.direction("observed").cast(DataType.FLOAT64);
    double along =
        Reduction.dot(
                traces.gradient(traces.u, traces.inverseU, 1, modelled), modelled, call.parallel())
            + Reduction.dot(
                traces.gradient(traces.v, traces.inverseV, -1, observed),
                observed,
                call.parallel());
    return Outputs.of(Tensor.scalar(along, call.tensor("modelled").dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    double epsilon = call.has("epsilon") ? call.value("epsilon", Number.class).doubleValue() : 0;
    Variable<Tensor> m = call.input("modelled");
    Variable<Tensor> o = call.input("observed");
    Variable<Tensor> normM = norm(m, epsilon);
    Variable<Tensor> normO = norm(o, epsilon);
    Variable<Tensor> u = m.div(normM);
    Variable<Tensor> v = o.div(normO);
    Variable<Tensor> difference = u.minus(v);
    Variable<Tensor> residual =
        call.has("weights") ? difference.times(call.input("weights").detach()) : difference;
    Variable<Tensor> r = residual.times(call.cotangent("loss", Tensor.class));
    return Arrays.asList(
        call.needsGrad("modelled") ? gradient(u, normM, r) : null,
        call.needsGrad("observed") ? gradient(v, normO, r).unaryMinus() : null);
  }

  private Variable<Tensor> norm(Variable<Tensor> traces, double epsilon) {
    return traceSum.call(traces.times(traces)).plus(epsilon * epsilon).sqrt();
  }

  private Variable<Tensor> gradient(
      Variable<Tensor> unit, Variable<Tensor> norm, Variable<Tensor> r) {
    return r.minus(unit.times(traceSum.call(unit.times(r)))).div(norm);
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(call.tensor("modelled").size(), 16);
  }
}
