package dev.stride.core.internal.async;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does things when their time has come, on a timer of the engine's own or on one given to it. */
public final class Deadlines implements AutoCloseable {

  private final ScheduledExecutorService timer;
  private final boolean own;
  private volatile boolean closed;

  /**
   * Deadlines on a timer, which is never shut down.
   *
   * @param given null: one daemon thread, started when the first deadline is set
   */
  public Deadlines(@Nullable ScheduledExecutorService given) {
    this.own = given == null;
    this.timer = given == null ? oneThread() : given;
  }

  private static ScheduledExecutorService oneThread() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("stride-deadlines").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Does something after a time, unless the handle is run before. */
  public Runnable after(Duration time, Runnable action) {
    try {
      var scheduled = timer.schedule(unlessClosed(action), time.toNanos(), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException refused) {
      action.run();
      return () -> {};
    }
  }

  private Runnable unlessClosed(Runnable action) {
    return () -> {
      if (!closed) {
        action.run();
      }
    };
  }

  /** What is scheduled never happens; ends the timer's thread, if it is the engine's own. */
  @Override
  public void close() {
    closed = true;
    if (own) {
      timer.shutdownNow();
    }
  }
}
