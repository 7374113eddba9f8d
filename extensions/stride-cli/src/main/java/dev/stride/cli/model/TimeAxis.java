package dev.stride.cli.model;

/**
 * The time samples of a simulation, from 0.
 *
 * @param steps number of samples
 * @param step time between two, in seconds
 */
public record TimeAxis(int steps, double step) {

  /** Checks that there is something to sample. */
  public TimeAxis {
    if (steps < 2 || !(step > 0)) {
      throw new IllegalArgumentException(
          "time axis: got %d steps of %s s. It needs at least 2 steps of positive length."
              .formatted(steps, step));
    }
  }

  /** The fewest samples that reach from 0 to a time. */
  public static TimeAxis lasting(double seconds, double step) {
    return new TimeAxis((int) Math.ceil(seconds / step) + 1, step);
  }

  /** Time of the last sample, in seconds. */
  public double duration() {
    return (steps - 1) * step;
  }
}
