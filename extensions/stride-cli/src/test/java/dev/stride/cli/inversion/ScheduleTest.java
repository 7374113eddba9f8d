package dev.stride.cli.inversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static Settings settings(int iterations, int shots, long seed) {
    return new Settings(List.of(0.2e6, 0.3e6), iterations, shots, seed);
  }

  private static List<Integer> inBand(Schedule schedule, int band, int iterations) {
    List<Integer> shots = new ArrayList<>();
    for (int k = 0; k < iterations; k++) {
      shots.addAll(schedule.shots(band, k));
    }
    return shots;
  }

  @Test
  void band_uses_every_shot_once() {
    Schedule schedule = Schedule.draw(settings(8, 8, 3), 64);
    for (int band = 0; band < 2; band++) {
      assertThat(inBand(schedule, band, 8))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 64).boxed().toList());
    }
  }

  @Test
  void shots_of_an_iteration_are_spread_and_rising() {
    Schedule schedule = Schedule.draw(settings(8, 8, 3), 64);
    List<Integer> shots = schedule.shots(0, 0);
    for (int k = 1; k < shots.size(); k++) {
      assertThat(shots.get(k) - shots.get(k - 1)).isEqualTo(8);
    }
  }

  @Test
  void shots_repeat_only_after_all_have_come() {
    Schedule schedule = Schedule.draw(settings(5, 4, 1), 10);
    // 10 shots in 3 groups; 5 iterations are one round and two groups of the next.
    assertThat(inBand(schedule, 0, 3)).doesNotHaveDuplicates().hasSize(10);
    assertThat(schedule.shots(0, 4)).isNotEmpty();
  }

  @Test
  void used_are_only_the_shots_that_come() {
    Schedule schedule = Schedule.draw(new Settings(List.of(0.3e6), 4, 8, 1), 64);
    assertThat(schedule.used()).hasSize(32).isSorted();
  }

  @Test
  void seed_decides_the_order() {
    List<Integer> one = inBand(Schedule.draw(settings(8, 8, 1), 64), 0, 8);
    assertThat(inBand(Schedule.draw(settings(8, 8, 1), 64), 0, 8)).isEqualTo(one);
    assertThat(inBand(Schedule.draw(settings(8, 8, 2), 64), 0, 8)).isNotEqualTo(one);
  }
}
