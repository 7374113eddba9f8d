package dev.stride.cli.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {

  private final Ring ring = new Ring(0.09, 128, 64);

  @Test
  void transducers_are_on_the_circle_at_equal_distances() {
    double apart = ring.position(0).distance(ring.position(1));
    for (int k = 0; k < 128; k++) {
      assertThat(Math.hypot(ring.position(k).y(), ring.position(k).x()))
          .isCloseTo(0.09, within(1e-12));
      assertThat(ring.position(k).distance(ring.position(k + 1))).isCloseTo(apart, within(1e-12));
    }
  }

  @Test
  void sources_are_every_other_transducer() {
    assertThat(IntStream.range(0, 64).map(ring::sender)).startsWith(0, 2, 4).endsWith(126);
    assertThat(ring.source(3)).isEqualTo(ring.position(6));
  }

  @Test
  void sources_that_do_not_divide_the_ring_are_all_different() {
    Ring odd = new Ring(0.09, 128, 50);
    assertThat(IntStream.range(0, 50).map(odd::sender).distinct().count()).isEqualTo(50);
  }

  @Test
  void listeners_are_far_from_the_source_and_symmetric_around_it() {
    assertThat(ring.listeners(0))
        .hasSize(115)
        .contains(64)
        .doesNotContain(0, 1, 6, 122, 127)
        .allMatch(k -> ring.position(k).distance(ring.source(0)) >= 0.03);
    assertThat(ring.listeners(0).stream().map(k -> (128 - k) % 128).sorted().toList())
        .isEqualTo(ring.listeners(0));
  }

  @Test
  void more_shots_than_transducers_are_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ring(0.09, 128, 129))
        .withMessageContaining("129 shots on 128");
  }
}
