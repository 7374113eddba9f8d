package dev.stride.cli.inversion;

import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.cli.acquisition.Burst;
import dev.stride.cli.acquisition.Ring;
import dev.stride.cli.acquisition.Traces;
import dev.stride.cli.model.SpeedModel;
import dev.stride.cli.model.TimeAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The traces that an inversion has to explain, by shot. Immutable.
 *
 * <p>They are simulated, but never on the grid of the inversion: with three quarters of its spacing
 * and time step, from a truth drawn for that grid, then resampled, and with noise added.
 */
public final class ObservedData {

  /** Spacing and time step of the simulation, relative to the inversion's. */
  public static final double REFINEMENT = 0.75;

  /** Standard deviation of the noise, relative to the root mean square of a shot's traces. */
  public static final double NOISE = 0.01;

  private final Map<Integer, Traces> traces;

  private ObservedData(Map<Integer, Traces> traces) {
    this.traces = Collections.unmodifiableMap(new TreeMap<>(traces));
  }

  /**
   * How the data is simulated.
   *
   * @param ring the transducers
   * @param burst what they send
   * @param discretisation the inversion's
   * @param seed of the noise
   */
  public record Scan(Ring ring, Burst burst, Discretisation discretisation, long seed) {

    /** The grid and time axis of the simulation. */
    public Discretisation fine() {
      return discretisation.refined(REFINEMENT);
    }
  }

  /**
   * Simulates shots.
   *
   * @param device computes the waves
   * @param truth on the grid of {@link Scan#fine()}
   * @param shots which ones
   * @param finished told after each shot
   */
  public static ObservedData simulate(
      Engine engine,
      Device device,
      Scan scan,
      SpeedModel truth,
      List<Integer> shots,
      Runnable finished) {
    Discretisation fine = scan.fine();
    if (!truth.grid().equals(fine.grid())) {
      throw new IllegalArgumentException(
          "observed data: the truth is on %s, but is simulated on %s. Draw it there."
              .formatted(truth.grid(), fine.grid()));
    }
    Simulator simulator = new Simulator(engine, device, fine, scan.ring(), scan.burst());
    Variable<Tensor> extended =
        simulator.extended(engine.variable("truth", Simulator.tensor(truth)));
    List<Variable<Tensor>> pending = new ArrayList<>();
    for (int shot : shots) {
      pending.add(simulator.traces(extended, shot));
    }
    TimeAxis time = scan.discretisation().time();
    Map<Integer, Traces> traces = new TreeMap<>();
    for (int k = 0; k < shots.size(); k++) {
      int shot = shots.get(k);
      Traces clean = new Traces(fine.time(), pending.get(k).get().toFloatArray()).at(time);
      SplittableRandom random = new SplittableRandom(scan.seed() * 1_000_003 + shot);
      traces.put(shot, clean.withNoise(NOISE, random));
      finished.run();
    }
    return new ObservedData(traces);
  }

  /**
   * The traces of a shot.
   *
   * @throws IllegalArgumentException if it was not simulated
   */
  public Traces shot(int shot) {
    Traces found = traces.get(shot);
    if (found == null) {
      throw new IllegalArgumentException(
          "observed data: there is no shot %d; there are %s.".formatted(shot, traces.keySet()));
    }
    return found;
  }

  /** Numbers of the shots that there are, rising. */
  public List<Integer> shots() {
    return List.copyOf(traces.keySet());
  }
}
