package dev.stride.cli.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.cli.model.TimeAxis;
import org.junit.jupiter.api.Test;

class BurstTest {

  private final Burst burst = new Burst(0.3e6);

  /** Amplitude of the burst's spectrum at a frequency. */
  private double spectrum(double frequency) {
    double real = 0;
    double imaginary = 0;
    double step = 1e-8;
    for (double t = 0; t < burst.length(); t += step) {
      real += burst.at(t) * Math.cos(2 * Math.PI * frequency * t) * step;
      imaginary += burst.at(t) * Math.sin(2 * Math.PI * frequency * t) * step;
    }
    return Math.hypot(real, imaginary);
  }

  @Test
  void burst_starts_and_ends_at_rest() {
    assertThat(Math.abs(burst.at(0))).isLessThan(3e-3);
    assertThat(Math.abs(burst.at(burst.length()))).isLessThan(3e-3);
  }

  @Test
  void spectrum_has_its_peak_at_the_frequency_and_little_above_twice_it() {
    double peak = spectrum(0.3e6);
    assertThat(spectrum(0.27e6)).isLessThan(peak);
    assertThat(spectrum(0.33e6)).isLessThan(peak);
    assertThat(spectrum(0.2e6)).isGreaterThan(0.3 * peak);
    assertThat(spectrum(0.46e6)).isLessThan(0.1 * peak);
    assertThat(spectrum(0.6e6)).isLessThan(1e-3 * peak);
  }

  @Test
  void samples_are_the_burst_at_their_times() {
    float[] samples = burst.sample(new TimeAxis(200, 1e-7));
    assertThat(samples).hasSize(200);
    assertThat(samples[80]).isEqualTo((float) burst.at(80e-7));
  }
}
