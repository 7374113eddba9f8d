package dev.stride.cli.acquisition;

import dev.stride.cli.model.TimeAxis;

/**
 * A short tone: a sine of some frequency under a Gaussian envelope, two cycles long between the
 * points at one and a half standard deviations.
 *
 * @param frequency of the sine, in Hz
 */
public record Burst(double frequency) {

  private static final double CYCLES_PER_DEVIATION = 2.0 / 3;
  private static final double DEVIATIONS_BEFORE_PEAK = 3.5;

  /** Checks the frequency. */
  public Burst {
    if (!(frequency > 0)) {
      throw new IllegalArgumentException(
          "burst: the frequency is %s Hz. It must be positive.".formatted(frequency));
    }
  }

  /** Time from the start to where nothing is left of it, in seconds. */
  public double length() {
    return 2 * DEVIATIONS_BEFORE_PEAK * deviation();
  }

  /** Sound pressure at a time after the start, at most 1. */
  public double at(double seconds) {
    double time = seconds - DEVIATIONS_BEFORE_PEAK * deviation();
    double scaled = time / deviation();
    return Math.exp(-0.5 * scaled * scaled) * Math.sin(2 * Math.PI * frequency * time);
  }

  /** Samples of the burst from its start. */
  public float[] sample(TimeAxis time) {
    float[] samples = new float[time.steps()];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = (float) at(n * time.step());
    }
    return samples;
  }

  private double deviation() {
    return CYCLES_PER_DEVIATION / frequency;
  }
}
