package dev.stride.cli.inversion;

import dev.stride.api.Arguments;
import dev.stride.api.Engine;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.cli.acquisition.Traces;

/**
 * The loss of a shot in one band: half the squared distance between the modelled and the observed
 * traces, both after the same causal band-pass. Stateless and thread-safe.
 */
final class BandLoss {

  private final Simulator simulator;
  private final ObservedData observed;
  private final double upperFrequency;
  private final Operator<Tensor> butterworth;
  private final Operator<Tensor> l2Distance;

  /**
   * A loss.
   *
   * @param upperFrequency upper limit of the band, in Hz
   */
  BandLoss(Engine engine, Simulator simulator, ObservedData observed, double upperFrequency) {
    this.simulator = simulator;
    this.observed = observed;
    this.upperFrequency = upperFrequency;
    this.butterworth = engine.operator("stride.butterworth");
    this.l2Distance = engine.operator("stride.l2-distance");
  }

  /** The loss of a shot, a scalar. */
  Variable<Tensor> of(Variable<Tensor> extended, int shot) {
    Variable<Tensor> modelled = filtered(simulator.traces(extended, shot));
    return l2Distance.call(modelled, filtered(tensor(observed.shot(shot))));
  }

  private Variable<Tensor> filtered(Object traces) {
    return butterworth.call(
        Arguments.of(traces, simulator.discretisation().time().step())
            .with("low", Settings.LOWEST_FREQUENCY)
            .with("high", upperFrequency)
            .with("order", Settings.FILTER_ORDER));
  }

  private static Tensor tensor(Traces traces) {
    return Tensor.adopt(Shape.of(traces.receivers(), traces.time().steps()), traces.samples());
  }
}
