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
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss that compares each trace as a whole with one of the same place, {@code loss = sum(w * f(m,
 * o))} over the traces {@code m} of {@code modelled} and {@code o} of {@code observed}, with a
 * weight {@code w} for each trace that is 1 if it is left out.
 *
 * <p>For a cotangent {@code g} the adjoint is {@code g w df/dm} and {@code g w df/do}; there is
 * none for the weights. Saves nothing; the adjoint sees the arguments. Computes in float64 in both
 * types, with the terms summed in a fixed order; each trace is handled by one thread, so results do
 * not depend on their number. Stateless: one instance serves any number of concurrent calls.
 */
abstract class TraceLoss
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  static final String MODELLED = "modelled";
  static final String OBSERVED = "observed";
  private static final String WEIGHTS = "weights";

  /** Samples of a chunk. */
  private static final int CHUNK = 1 << 12;

  private final Signature signature;

  /**
   * Takes the name and the numbers.
   *
   * @param numbers auxiliary ports between the traces and the weights
   */
  TraceLoss(String name, Port... numbers) {
    Signature.Builder builder = Signature.named(name).input(MODELLED).input(OBSERVED);
    List.of(numbers).forEach(builder::input);
    this.signature =
        builder.input(Port.auxiliary(WEIGHTS, Tensor.class).optional()).output("loss").build();
  }

  /** What compares two traces. */
  interface Comparison {

    /**
     * The loss of a pair of traces; may refuse them.
     *
     * @param trace its number, for errors
     * @param m of {@code modelled}; not modified
     * @param o of {@code observed}; not modified
     * @param towardsM overwritten with the slopes along m; null: they are not wanted
     * @param towardsO overwritten with the slopes along o; null: they are not wanted
     */
    double of(
        int trace,
        double[] m,
        double[] o,
        double @Nullable [] towardsM,
        double @Nullable [] towardsO);
  }

  /** The comparison for the numbers of a call, checked. */
  abstract Comparison comparison(OperatorCall call);

  /**
   * The gradient along one of both ports on variables.
   *
   * @param g factor of each trace, [..., 1]
   */
  abstract Variable<Tensor> gradient(VariableCall call, String port, Variable<Tensor> g);

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor modelled = call.tensor(MODELLED);
    TraceChecks.alike(call, modelled, call.tensor(OBSERVED));
    if (call.has(WEIGHTS)) {
      TraceChecks.weights(call, modelled, WEIGHTS);
    }
    Pass pass = new Pass(call, false, false);
    double loss = Reduction.sum(Tensor.of(pass.losses), call.parallel());
    return Outputs.of(Tensor.scalar(loss, modelled.dataType()));
  }

  /** All traces compared: weighted losses, and weighted slopes where they are wanted. */
  private final class Pass {

    private final double[] losses;
    private final double[] towardsM;
    private final double[] towardsO;

    Pass(OperatorCall call, boolean wantM, boolean wantO) {
      Tensor modelled = call.tensor(MODELLED);
      int length = modelled.shape().extent(-1);
      int traces = modelled.size() / length;
      double[] m = modelled.toDoubleArray();
      double[] o = call.tensor(OBSERVED).toDoubleArray();
      double[] weights = call.has(WEIGHTS) ? call.tensor(WEIGHTS).toDoubleArray() : new double[0];
      this.losses = new double[traces];
      this.towardsM = new double[wantM ? m.length : 0];
      this.towardsO = new double[wantO ? o.length : 0];
      Comparison comparison = comparison(call);
      Chunks.cover(
          call.parallel(),
          traces,
          Math.max(1, CHUNK / length),
          (from, to) -> {
            double[] slopesM = new double[length];
            double[] slopesO = new double[length];
            for (int trace = from; trace < to; trace++) {
              int at = trace * length;
              double weight = weights.length == 0 ? 1 : weights[trace];
              losses[trace] =
                  weight
                      * comparison.of(
                          trace,
                          Arrays.copyOfRange(m, at, at + length),
                          Arrays.copyOfRange(o, at, at + length),
                          wantM ? slopesM : null,
                          wantO ? slopesO : null);
              store(slopesM, weight, towardsM, at);
              store(slopesO, weight, towardsO, at);
            }
          });
    }

    private static void store(double[] slopes, double weight, double[] into, int at) {
      if (into.length > 0) {
        for (int i = 0; i < slopes.length; i++) {
          into[at + i] = weight * slopes[i];
        }
      }
    }
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    Pass pass = new Pass(call, call.needsGrad(MODELLED), call.needsGrad(OBSERVED));
    return Gradients.of(
        call.needsGrad(MODELLED) ? scaled(call, pass.towardsM) : null,
        call.needsGrad(OBSERVED) ? scaled(call, pass.towardsO) : null);
  }

  private static Tensor scaled(AdjointCall call, double[] slopes) {
    Tensor like = call.tensor(MODELLED);
    double g = call.cotangent().item();
    return Tensor.adopt(like.shape(), slopes).times(g).cast(like.dataType());
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Pass pass = new Pass(call, true, true);
    double along = along(call, MODELLED, pass.towardsM) + along(call, OBSERVED, pass.towardsO);
    return Outputs.of(Tensor.scalar(along, call.tensor(MODELLED).dataType()));
  }

  private static double along(TangentCall call, String port, double[] slopes) {
    Tensor direction = call.direction(port).cast(DataType.FLOAT64);
    return Reduction.dot(Tensor.adopt(direction.shape(), slopes), direction, call.parallel());
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Shape traces = call.like(MODELLED).get().shape();
    Shape places = Shapes.with(traces, traces.rank() - 1, 1);
    Variable<Tensor> g = call.cotangent("loss", Tensor.class);
    Variable<Tensor> each =
        call.has(WEIGHTS) ? call.input(WEIGHTS).detach().reshape(places).times(g) : g;
    return Arrays.asList(
        call.needsGrad(MODELLED) ? gradient(call, MODELLED, each) : null,
        call.needsGrad(OBSERVED) ? gradient(call, OBSERVED, each) : null);
  }

  @Override
  public final Weight weight(OperatorCall call) {
    return Work.weight(call.tensor(MODELLED).size(), 40);
  }
}
