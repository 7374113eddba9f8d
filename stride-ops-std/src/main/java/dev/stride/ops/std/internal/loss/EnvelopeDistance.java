package dev.stride.ops.std.internal.loss;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
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
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Scaling;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.Work;
import dev.stride.ops.std.internal.signal.Envelope;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Half the squared L2 distance between the envelopes of traces, which knows when energy arrives and
 * not with what phase.
 *
 * <p>With {@code E} the {@link Envelope} and {@code r = w (E(m) - E(o))}, computes {@code loss =
 * 1/2 sum(w (E(m) - E(o))^2)} with weights {@code w}, 1 if they are left out. For a cotangent
 * {@code g} the adjoint is that of the envelope for {@code g r} and {@code -g r}; there is none for
 * the weights.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>modelled<td>[..., time], typically [source, receiver, time]<td>Pa
 *   <tr><td>observed<td>as modelled<td>Pa
 *   <tr><td>weights (optional, auxiliary)<td>as modelled<td>1
 *   <tr><td>loss (output)<td>[]<td>Pa^2
 * </table>
 *
 * <p>Traces are taken as periodic. Where an envelope is 0 the gradient of that sample is taken as
 * 0. Saves nothing; the adjoint sees the arguments. Results do not depend on threads. Stateless but
 * for a bounded cache of tables.
 *
 * @see <a href="https://doi.org/10.1111/j.1365-246X.2011.04970.x">Bozdag, Trampert and Tromp,
 *     Misfit functions for full waveform inversion based on instantaneous phase and envelope
 *     measurements (2011)</a>
 */
final class EnvelopeDistance
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final String MODELLED = TraceLoss.MODELLED;
  private static final String OBSERVED = TraceLoss.OBSERVED;

  private static final Signature SIGNATURE =
      Signature.named("stride.envelope-distance")
          .input(MODELLED)
          .input(OBSERVED)
          .input(Port.auxiliary("weights", Tensor.class).optional())
          .output("loss")
          .build();

  private final Envelope envelope;

  EnvelopeDistance(Fourier fourier) {
    this.envelope = new Envelope(fourier);
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(2, 3, 16)),
        of(Shape.of(2, 15))
            .with("weights", Pairs.positive(Shape.of(2, 15), 26))
            .described("odd, weighted"),
        of(Shape.of(31)).described("prime"),
        of(Shape.of(3, 1)).described("one sample a trace"),
        of(Shape.of(2, 1, 2, 9)).described("rank 4"),
        of(Shape.of(0, 8)).described("no trace"),
        Sample.of(
                Singles.normal(Shape.of(2, 12)).times(1e6),
                Pairs.positive(Shape.of(2, 12), 25).times(1e6))
            .described("loud"),
        Sample.of(
                Singles.normal(Shape.of(2, 12)).times(1e-6),
                Pairs.positive(Shape.of(2, 12), 25).times(1e-6))
            .described("faint"),
        of(Shape.of(1)).described("one sample"));
  }

  private static Sample of(Shape shape) {
    return Sample.of(Singles.normal(shape), Pairs.positive(shape, 25));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    TraceChecks.alike(call, call.tensor(MODELLED), call.tensor(OBSERVED));
    if (call.has("weights")) {
      Operands.sameType(call, MODELLED, call.tensor(MODELLED), "weights", call.tensor("weights"));
      Operands.sameShape(call, MODELLED, call.tensor(MODELLED), "weights", call.tensor("weights"));
    }
    Tensor residual = residual(call);
    double loss = 0.5 * Reduction.dot(residual, weighted(call, residual), call.parallel());
    return Outputs.of(Tensor.scalar(loss, residual.dataType()));
  }

  private Tensor residual(OperatorCall call) {
    return Elementwise.zip(
        Arithmetic.SUBTRACT,
        envelope.of(call, call.tensor(MODELLED)),
        envelope.of(call, call.tensor(OBSERVED)),
        call.parallel());
  }

  private static Tensor weighted(OperatorCall call, Tensor residual) {
    return call.has("weights")
        ? Elementwise.zip(Arithmetic.MULTIPLY, call.tensor("weights"), residual, call.parallel())
        : residual;
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    double g = call.cotangent().item();
    Tensor weighted = weighted(call, residual(call));
    return Gradients.of(
        call.needsGrad(MODELLED) ? gradient(call, MODELLED, weighted, g) : null,
        call.needsGrad(OBSERVED) ? gradient(call, OBSERVED, weighted, -g) : null);
  }

  private Tensor gradient(AdjointCall call, String port, Tensor weighted, double factor) {
    Tensor cotangent = Elementwise.map(new Scaling(factor), weighted, call.parallel());
    return envelope.gradient(call, call.tensor(port), cotangent);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor change =
        Elementwise.zip(
            Arithmetic.SUBTRACT, change(call, MODELLED), change(call, OBSERVED), call.parallel());
    Tensor weighted = weighted(call, residual(call));
    double along = Reduction.dot(weighted, change, call.parallel());
    return Outputs.of(Tensor.scalar(along, weighted.dataType()));
  }

  private Tensor change(TangentCall call, String port) {
    return envelope.change(call, call.tensor(port), call.direction(port));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> m = call.input(MODELLED);
    Variable<Tensor> o = call.input(OBSERVED);
    Variable<Tensor> residual = envelope.call(m).minus(envelope.call(o));
    Variable<Tensor> weighted =
        call.has("weights") ? residual.times(call.input("weights").detach()) : residual;
    Variable<Tensor> cotangent = weighted.times(call.cotangent("loss", Tensor.class));
    return Arrays.asList(
        call.needsGrad(MODELLED) ? envelope.gradient(m, cotangent) : null,
        call.needsGrad(OBSERVED) ? envelope.gradient(o, cotangent).unaryMinus() : null);
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(call.tensor(MODELLED).size(), 120);
  }
}
