package dev.stride.cli.inversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.StrideException;
import dev.stride.cli.acquisition.Burst;
import dev.stride.cli.acquisition.Ring;
import dev.stride.cli.model.Grid;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

  private static final long MIB = 1 << 20;
  private static final Discretisation DEFAULT =
      Discretisation.of(Grid.centred(201, 201, 1e-3), new Ring(0.09, 128, 64), new Burst(0.3e6));

  private static MemoryPlan plan(int wanted, long heap) {
    return MemoryPlan.of(DEFAULT, 128, 64, wanted, heap);
  }

  @Test
  void shot_takes_at_least_its_whole_wavefield() {
    long wavefield = 4 * DEFAULT.extendedNodes() * DEFAULT.time().steps();
    assertThat(plan(2, 4096 * MIB).bytesPerShot()).isBetween(wavefield, 2 * wavefield);
  }

  @Test
  void plenty_of_memory_gives_what_is_wanted() {
    MemoryPlan plan = plan(8, 16384 * MIB);
    assertThat(plan.concurrentShots()).isEqualTo(8);
    assertThat(plan.isReduced()).isFalse();
  }

  @Test
  void little_memory_gives_fewer_shots_at_once_that_fit() {
    MemoryPlan plan = plan(8, 1024 * MIB);
    assertThat(plan.concurrentShots()).isBetween(1, 5);
    assertThat(plan.isReduced()).isTrue();
    assertThat(plan.concurrentShots() * plan.bytesPerShot() + plan.otherBytes())
        .isLessThan(1024 * MIB);
    assertThat(plan.text()).contains("of 8 shots at once", "the heap has 1024 MiB");
  }

  @Test
  void too_little_memory_for_one_shot_says_how_much_is_needed() {
    assertThatThrownBy(() -> plan(2, 200 * MIB))
        .isInstanceOf(StrideException.class)
        .hasMessageContainingAll(
            "[Stride/Memory] one shot needs",
            "the heap has 200 MiB",
            DEFAULT.time().steps() + " time steps",
            "-Xmx");
  }

  @Test
  void heap_that_the_message_asks_for_is_enough() {
    String message = "";
    try {
      plan(1, 200 * MIB);
    } catch (StrideException tooSmall) {
      message = String.valueOf(tooSmall.getMessage());
    }
    long asked = Long.parseLong(message.replaceAll(".*-Xmx(\\d+)m.*", "$1"));
    assertThat(plan(1, asked * MIB).concurrentShots()).isEqualTo(1);
    assertThatThrownBy(() -> plan(1, (asked - 2) * MIB)).isInstanceOf(StrideException.class);
  }
}
