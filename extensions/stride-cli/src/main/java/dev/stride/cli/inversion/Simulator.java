package dev.stride.cli.inversion;

import dev.stride.api.Arguments;
import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.cli.acquisition.Burst;
import dev.stride.cli.acquisition.Position;
import dev.stride.cli.acquisition.Ring;
import dev.stride.cli.model.SpeedModel;
import java.util.List;

/**
 * Models the traces of shots with the operators of an engine: edge padding into the absorbing
 * layer, then wave propagation where the model is moved to. Stateless and thread-safe.
 */
final class Simulator {

  private final Discretisation discretisation;
  private final Ring ring;
  private final Tensor wavelet;
  private final Device device;
  private final Operator<Tensor> padEdge;
  private final Operator<Tensor> acousticWave;

  /** Computes waves on a device. */
  Simulator(Engine engine, Device device, Discretisation discretisation, Ring ring, Burst burst) {
    this.device = device;
    this.discretisation = discretisation;
    this.ring = ring;
    float[] samples = burst.sample(discretisation.time());
    this.wavelet = Tensor.adopt(Shape.of(1, samples.length), samples);
    this.padEdge = engine.operator("stride.pad-edge");
    this.acousticWave = engine.operator("stride.acoustic-wave");
  }

  Discretisation discretisation() {
    return discretisation;
  }

  /** The values of a model, {@code [y, x]} in m/s. */
  static Tensor tensor(SpeedModel model) {
    return Tensor.adopt(Shape.of(model.grid().ny(), model.grid().nx()), model.speed());
  }

  /** The model with its edges repeated into the absorbing layer, on the device. */
  Variable<Tensor> extended(Variable<Tensor> velocity) {
    Variable<Tensor> padded = padEdge.call(velocity, discretisation.layer());
    return device.equals(Device.CPU) ? padded : padded.moveTo(device.name());
  }

  /**
   * The traces of a shot, {@code [receiver, time]}.
   *
   * @param extended the model with its layer
   */
  Variable<Tensor> traces(Variable<Tensor> extended, int shot) {
    List<Position> listeners = ring.listeners(shot).stream().map(ring::position).toList();
    return acousticWave.call(
        Arguments.of(
                extended,
                wavelet,
                discretisation.fromLayerCorner(List.of(ring.source(shot))),
                discretisation.fromLayerCorner(listeners),
                discretisation.grid().spacing(),
                discretisation.time().step())
            .with("absorbing", discretisation.layer()));
  }
}
