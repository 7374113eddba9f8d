package dev.stride.cli.inversion;

import dev.stride.optim.Bounds;
import java.util.List;

/**
 * What an inversion does, apart from the data.
 *
 * @param frequencies upper limits of the bands in their order, in Hz; rising is usual
 * @param iterations steps in each band
 * @param shotsPerIteration shots whose gradients are summed in a step
 * @param seed of the order of the shots
 */
public record Settings(List<Double> frequencies, int iterations, int shotsPerIteration, long seed) {

  /** The slowest and fastest speed of sound that a result can have, in m/s. */
  public static final Bounds BOUNDS = new Bounds(1400, 1650);

  /** Lower limit of every band, in Hz. */
  static final double LOWEST_FREQUENCY = 5e4;

  /** Order of the Butterworth filter. */
  static final int FILTER_ORDER = 4;

  /** Share of each direction that the next one keeps. */
  static final double MOMENTUM = 0.5;

  /** Largest change of the speed of sound in a trial step, in m/s. */
  static final double TRIAL_LENGTH = 10;

  /** Share of the mean illumination that is added before dividing by it. */
  static final double DAMPING = 0.02;

  /** Standard deviation of the gradient's smoothing, in wavelengths in water. */
  static final double SMOOTHING = 0.25;

  /** Distance from the ring inwards to where nothing changes any more, in metres. */
  static final double RIM = 6e-3;

  /** Distance over which the mask rises from 0 to 1, in metres. */
  static final double TAPER = 4e-3;

  /** Checks the numbers. */
  public Settings {
    frequencies = List.copyOf(frequencies);
    if (frequencies.isEmpty() || iterations < 1 || shotsPerIteration < 1) {
      throw new IllegalArgumentException(
          "inversion: got %d bands, %d iterations a band and %d shots an iteration. Each must be at"
                  .formatted(frequencies.size(), iterations, shotsPerIteration)
              + " least 1.");
    }
    for (double frequency : frequencies) {
      if (!(frequency > LOWEST_FREQUENCY)) {
        throw new IllegalArgumentException(
            "inversion: a band up to %s Hz is empty, as all bands start at %.0f Hz. Give"
                    .formatted(frequency, LOWEST_FREQUENCY)
                + " frequencies in Hz, such as 0.2e6.");
      }
    }
  }
}
