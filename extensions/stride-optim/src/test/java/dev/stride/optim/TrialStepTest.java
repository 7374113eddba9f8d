package dev.stride.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Shares checked against parabolas whose lowest point is known. */
class TrialStepTest {

  private final TrialStep rule = TrialStep.DEFAULT;

  @Test
  void share_is_the_lowest_point_of_a_parabola() {
    // f(s) = 3 (s - 0.4)^2 + 1: f(0) = 1.48, f'(0) = -2.4, f(1) = 2.08.
    assertThat(rule.share(1.48, -2.4, 2.08)).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void share_beyond_the_trial_point_is_limited() {
    // f(s) = (s - 10)^2: the lowest point is at 10 trial steps.
    assertThat(rule.share(100, -20, 81)).isEqualTo(2.5);
  }

  @Test
  void share_of_a_rising_loss_is_the_least() {
    assertThat(rule.share(1, 0.5, 2)).isEqualTo(0.05);
  }

  @Test
  void share_of_a_loss_that_falls_ever_faster_is_the_most() {
    assertThat(rule.share(1, -0.1, 0.5)).isEqualTo(2.5);
  }

  @Test
  void share_of_a_trial_that_is_not_a_number_is_the_least() {
    assertThat(rule.share(1, -0.1, Double.NaN)).isEqualTo(0.05);
  }

  @Test
  void limits_in_the_wrong_order_are_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrialStep(2, 1))
        .withMessageContaining("2.0 and 1.0");
  }
}
