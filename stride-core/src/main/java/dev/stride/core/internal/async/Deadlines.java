package dev.stride.core.internal.async;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The engine's timer: one daemon thread, started when the first deadline is set. */
public final class Deadlines implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;

  /** A timer that has no thread yet. */
  public Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("stride-deadlines").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Does something after a time, unless the handle is run before. */
  public Runnable after(Duration time, Runnable action) {
    try {
      var scheduled = timer.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      action.run();
      return () -> {};
    }
  }

  /** Ends the thread; what is scheduled never happens. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
