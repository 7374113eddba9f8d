package dev.stride.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManualClockTest {

  private final ManualClock clock = new ManualClock();
  private final List<String> done = new ArrayList<>();

  private ScheduledFuture<?> in(long seconds, String what) {
    return clock.schedule(() -> done.add(what + " at " + clock.now()), seconds, TimeUnit.SECONDS);
  }

  @Test
  void tasks_run_when_their_time_comes_in_its_order() {
    in(3, "third");
    in(1, "first");
    in(1, "second");
    assertThat(clock.advance(Duration.ofMillis(999))).isZero();
    assertThat(clock.advance(Duration.ofSeconds(1))).isEqualTo(2);
    assertThat(done).containsExactly("first at PT1S", "second at PT1S");
    assertThat(clock.scheduled()).isEqualTo(1);
    assertThat(clock.now()).isEqualTo(Duration.ofMillis(1999));
  }

  @Test
  void task_that_schedules_another_sees_its_own_time() {
    clock.schedule(() -> in(1, "next"), 1, TimeUnit.SECONDS);
    clock.advance(Duration.ofSeconds(5));
    assertThat(done).containsExactly("next at PT2S");
  }

  @Test
  void cancelled_task_is_forgotten() {
    assertThat(in(1, "never").cancel(false)).isTrue();
    assertThat(clock.scheduled()).isZero();
    assertThat(clock.advance(Duration.ofDays(1))).isZero();
    assertThat(done).isEmpty();
  }

  @Test
  void delay_is_what_is_left() {
    ScheduledFuture<?> task = in(10, "later");
    clock.advance(Duration.ofSeconds(4));
    assertThat(task.getDelay(TimeUnit.SECONDS)).isEqualTo(6);
  }

  @Test
  void clock_does_not_go_back() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .withMessageContaining("does not go back");
  }

  @Test
  void clock_that_is_shut_down_refuses_tasks() {
    in(1, "left");
    assertThat(clock.shutdownNow()).hasSize(1);
    assertThat(clock.isTerminated()).isTrue();
    assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> in(1, "more"));
  }
}
