package dev.stride.ops.std.internal.loss;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
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
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.Work;
import dev.stride.ops.std.internal.signal.TimeShift;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Half the squares of the times by which traces arrive later than observed: of the lags at which
 * the cross-correlation of each pair of traces is largest.
 *
 * <p>With {@code S(o, t)} the observed trace delayed by t by Fourier series, see {@link TimeShift},
 * {@code lags} are where {@code C(t) = <m, S(o, t)>} is largest, between samples too: where {@code
 * C'(t) = <m, dS/dt>} is 0, to rounding. Computes {@code loss = 1/2 sum(w lags^2)}. The theorem of
 * implicit functions gives the exact adjoint: for cotangents {@code g} of the loss and {@code h} of
 * the lags, and {@code f = (g w lags + h) / C''}, it is {@code -f dS/dt(o, lags)} for {@code
 * modelled} and {@code f dS/dt(m, -lags)} for {@code observed}; there is none for the weights.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>modelled<td>[..., time], typically [source, receiver, time]<td>Pa
 *   <tr><td>observed<td>as modelled<td>Pa
 *   <tr><td>timeStep (auxiliary)<td>number<td>s
 *   <tr><td>weights (optional, auxiliary)<td>[...], one a trace<td>1
 *   <tr><td>loss (output)<td>[]<td>s^2
 *   <tr><td>lags (output)<td>[...]; from minus half the duration to half of it<td>s
 * </table>
 *
 * <p>Traces are taken as periodic: pad them with zeros where a lag may be longer than what is quiet
 * at their ends. Of correlations that are equally large that nearest to lag 0 is taken; where two
 * peaks change places the lag jumps. Traces whose correlation has no peak, such as constant ones,
 * are refused: where its curvature is below 1e-6 of that of traces whose frequencies all agree.
 * Computes in float64 in both types; saves a lag and a curvature a trace, the adjoint sees the
 * arguments. Results do not depend on threads. Stateless but for a bounded cache of tables.
 *
 * @see <a href="https://doi.org/10.1190/1.1443081">Luo and Schuster, Wave-equation traveltime
 *     inversion (1991)</a>
 */
final class TravelTime
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final String MODELLED = TraceLoss.MODELLED;
  private static final String OBSERVED = TraceLoss.OBSERVED;

  private static final Signature SIGNATURE =
      Signature.named("stride.travel-time")
          .input(MODELLED)
          .input(OBSERVED)
          .input(Port.auxiliary("timeStep", Number.class))
          .input(Port.auxiliary("weights", Tensor.class).optional())
          .output("loss")
          .output("lags")
          .keepsOutputs("lags")
          .build();

  private final Fourier fourier;
  private final TimeShift shift;
  private final TraceSum traceSum = new TraceSum();

  TravelTime(Fourier fourier) {
    this.fourier = fourier;
    this.shift = new TimeShift(fourier);
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(2, 3, 16), 0.5),
        of(Shape.of(2, 15), 1)
            .with("weights", Pairs.positive(Shape.of(2), 26))
            .described("odd, weighted"),
        of(Shape.of(31), 1e-7).described("prime, ultrasound units"),
        of(Shape.of(2, 1, 2, 9), 1).described("rank 4"),
        of(Shape.of(3, 4), 1).described("four samples"),
        of(Shape.of(0, 8), 1).described("no trace"),
        Sample.of(
                pulses(Shape.of(2, 12), 0.4).times(1e6),
                pulses(Shape.of(2, 12), 0.52).times(1e-6),
                1)
            .described("loud against faint"));
  }

  private static Sample of(Shape shape, double timeStep) {
    return Sample.of(pulses(shape, 0.4), pulses(shape, 0.52), timeStep);
  }

  /** Pulses at a part of their traces, disturbed a little. */
  private static Tensor pulses(Shape shape, double place) {
    double[] values = Singles.normal(shape).times(0.05).toDoubleArray();
    int length = shape.extent(-1);
    for (int i = 0; i < values.length; i++) {
      double distance = (i % length - place * length) / Math.max(1, length / 8.0);
      values[i] += (1 - distance * distance) * Math.exp(-0.5 * distance * distance);
    }
    return Tensor.adopt(shape, values);
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor modelled = call.tensor(MODELLED);
    Lags lags = found(call);
    Tensor squares = lags.lags().times(lags.lags()).times(weights(call, lags));
    double loss = 0.5 * Reduction.sum(squares, call.parallel());
    Shape places = TraceChecks.places(modelled.shape());
    return Outputs.of(
            Tensor.scalar(loss, modelled.dataType()),
            lags.lags().reshape(places).cast(modelled.dataType()))
        .saving(lags);
  }

  private Lags found(OperatorCall call) {
    Tensor modelled = call.tensor(MODELLED);
    Tensor observed = call.tensor(OBSERVED);
    TraceChecks.alike(call, modelled, observed);
    if (call.has("weights")) {
      TraceChecks.weights(call, modelled, "weights");
    }
    return Lags.of(call, fourier, modelled, observed);
  }

  /** One for each trace, in float64, of the shape of the lags. */
  private static Tensor weights(OperatorCall call, Lags lags) {
    return call.has("weights")
        ? call.tensor("weights").cast(DataType.FLOAT64).reshape(lags.lags().shape())
        : lags.lags().map(lag -> 1);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Lags lags = call.saved(Lags.class);
    double g = call.cotangent("loss").item();
    Tensor h = call.cotangent("lags").cast(DataType.FLOAT64).reshape(lags.lags().shape());
    Tensor each = lags.lags().times(weights(call, lags)).times(g).plus(h);
    return Gradients.of(
        call.needsGrad(MODELLED) ? gradient(call, lags, each, MODELLED) : null,
        call.needsGrad(OBSERVED) ? gradient(call, lags, each, OBSERVED) : null);
  }

  /** The transpose of the derivative of the lags along one port. */
  private Tensor gradient(OperatorCall call, Lags lags, Tensor each, String port) {
    boolean modelled = port.equals(MODELLED);
    Tensor other = call.tensor(modelled ? OBSERVED : MODELLED).cast(DataType.FLOAT64);
    Tensor delay = modelled ? lags.lags() : lags.lags().unaryMinus();
    Tensor slope = shift.shifted(other, delay, 1, call.number("timeStep"), call.parallel());
    Tensor factor = each.div(lags.curvatures()).times(modelled ? -1 : 1);
    return slope
        .times(Reduction.repeatTo(factor, slope.shape()))
        .cast(call.tensor(port).dataType());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Lags lags = found(call);
    Tensor change =
        along(call, lags, MODELLED).plus(along(call, lags, OBSERVED)).cast(DataType.FLOAT64);
    Tensor products = lags.lags().times(weights(call, lags)).times(change);
    DataType type = call.tensor(MODELLED).dataType();
    Shape places = TraceChecks.places(call.tensor(MODELLED).shape());
    return Outputs.of(
        Tensor.scalar(Reduction.sum(products, call.parallel()), type),
        change.reshape(places).cast(type));
  }

  /** The change of the lags along the direction of a port. */
  private Tensor along(TangentCall call, Lags lags, String port) {
    Tensor ones = lags.lags().map(lag -> 1);
    Tensor product = gradient(call, lags, ones, port).times(call.direction(port));
    return Reduction.sumTo(product, ones.shape(), call.parallel());
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Shape traces = call.like(MODELLED).get().shape();
    Shape each = Shapes.with(traces, traces.rank() - 1, 1);
    Variable<Tensor> lags = call.output("lags", Tensor.class).reshape(each);
    Variable<Tensor> g = call.cotangent("loss", Tensor.class);
    Variable<Tensor> weighted =
        call.has("weights") ? lags.times(call.input("weights").detach().reshape(each)) : lags;
    Variable<Tensor> factor =
        weighted.times(g).plus(call.cotangent("lags", Tensor.class).reshape(each));
    Variable<Tensor> bend = shifted(call, call.input(OBSERVED), lags, 2);
    Variable<Tensor> scaled = factor.div(traceSum.call(call.input(MODELLED).times(bend)));
    return Arrays.asList(
        call.needsGrad(MODELLED)
            ? shifted(call, call.input(OBSERVED), lags, 1).times(scaled.unaryMinus())
            : null,
        call.needsGrad(OBSERVED)
            ? shifted(call, call.input(MODELLED), lags.unaryMinus(), 1).times(scaled)
            : null);
  }

  private Variable<Tensor> shifted(
      VariableCall call, Variable<Tensor> traces, Variable<Tensor> delay, int derivative) {
    return shift.call(
        Arguments.of(traces, delay, call.value("timeStep", Number.class))
            .with("derivative", derivative));
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(call.tensor(MODELLED).size(), 200);
  }
}
