package dev.stride.ops.std.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {

  private final WarmUp warmUp = new WarmUp();

  @Test
  void vector_code_takes_over_when_some_trials_in_a_row_were_fast() {
    warmUp.trial(400, 100);
    warmUp.trial(400, 100);
    assertThat(warmUp.isOver()).isFalse();
    warmUp.trial(400, 100);
    assertThat(warmUp.isOver()).isTrue();
  }

  @Test
  void slow_trials_in_between_start_the_count_anew() {
    for (int i = 0; i < 10; i++) {
      warmUp.trial(400, 100);
      warmUp.trial(5_000, 100);
      warmUp.trial(400, 100);
    }
    assertThat(warmUp.isOver()).isFalse();
  }

  @Test
  void trials_take_no_longer_than_plain_code_did_but_for_an_advance() {
    warmUp.trial(30_000_000, 100);
    assertThat(warmUp.isDue()).isFalse();
    warmUp.plain(20_000_000);
    assertThat(warmUp.isDue()).isTrue();
  }
}
