package dev.stride.cli.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stride.cli.model.TimeAxis;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TracesTest {

  private static final TimeAxis FINE = new TimeAxis(400, 0.75e-7);
  private static final TimeAxis COARSE = new TimeAxis(290, 1e-7);

  private static Traces tone(TimeAxis time, double frequency) {
    float[] samples = new float[2 * time.steps()];
    for (int n = 0; n < time.steps(); n++) {
      samples[n] = (float) Math.sin(2 * Math.PI * frequency * n * time.step());
      samples[time.steps() + n] = 0.5f;
    }
    return new Traces(time, samples);
  }

  @Test
  void at_other_times_a_tone_stays_a_tone() {
    float[] expected = tone(COARSE, 0.4e6).samples();
    float[] got = tone(FINE, 0.4e6).at(COARSE).samples();
    for (int n = 2; n < 288; n++) {
      assertThat((double) got[n]).isCloseTo(expected[n], within(1e-3));
      assertThat((double) got[290 + n]).isCloseTo(0.5, within(1e-6));
    }
  }

  @Test
  void at_its_own_times_nothing_changes() {
    assertThat(tone(FINE, 0.3e6).at(FINE).samples()).isEqualTo(tone(FINE, 0.3e6).samples());
  }

  @Test
  void at_times_beyond_the_last_sample_traces_are_zero() {
    float[] got = tone(FINE, 0.3e6).at(new TimeAxis(500, 0.75e-7)).samples();
    assertThat(got[450]).isZero();
    assertThat(got[950]).isZero();
  }

  @Test
  void noise_has_the_given_share_of_the_signal_and_repeats_from_its_seed() {
    Traces clean = tone(new TimeAxis(20_000, 1e-7), 0.3e6);
    float[] noisy = clean.withNoise(0.01, new SplittableRandom(5)).samples();
    float[] samples = clean.samples();
    double noise = 0;
    double signal = 0;
    for (int i = 0; i < noisy.length; i++) {
      noise += Math.pow(noisy[i] - samples[i], 2);
      signal += samples[i] * samples[i];
    }
    assertThat(Math.sqrt(noise / signal)).isCloseTo(0.01, within(2e-4));
    assertThat(clean.withNoise(0.01, new SplittableRandom(5)).samples()).isEqualTo(noisy);
    assertThat(clean.withNoise(0.01, new SplittableRandom(6)).samples()).isNotEqualTo(noisy);
  }

  @Test
  void samples_that_fill_no_whole_trace_are_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Traces(FINE, new float[401]))
        .withMessageContaining("401");
  }
}
