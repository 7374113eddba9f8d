package dev.stride.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** Deadlines on a timer that somebody else owns. */
class DeadlinesTest {

  private final ScheduledExecutorService timer = mock();
  private final ScheduledFuture<?> scheduled = mock();
  private final ArgumentCaptor<Runnable> task = ArgumentCaptor.captor();
  private final List<String> done = new ArrayList<>();
  private final Deadlines deadlines = new Deadlines(timer);
  private final Runnable handle;

  DeadlinesTest() {
    doReturn(scheduled).when(timer).schedule(any(Runnable.class), eq(5_000_000_000L), any());
    handle = deadlines.after(Duration.ofSeconds(5), () -> done.add("passed"));
    verify(timer).schedule(task.capture(), eq(5_000_000_000L), eq(TimeUnit.NANOSECONDS));
  }

  @Test
  void action_happens_when_the_timer_says_so() {
    task.getValue().run();
    assertThat(done).containsExactly("passed");
  }

  @Test
  void handle_cancels() {
    handle.run();
    verify(scheduled).cancel(false);
  }

  @Test
  void nothing_happens_after_close_and_the_timer_is_not_shut_down() {
    deadlines.close();
    task.getValue().run();
    assertThat(done).isEmpty();
    verify(timer, never()).shutdownNow();
    verify(timer, never()).shutdown();
  }
}
