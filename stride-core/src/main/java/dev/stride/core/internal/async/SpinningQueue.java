package dev.stride.core.internal.async;

import java.io.Serial;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose readers spin for a moment before they sleep.
 *
 * <p>Loops over chunks follow each other within microseconds, and waking a thread that sleeps takes
 * longer than many a loop does.
 */
final class SpinningQueue extends LinkedBlockingQueue<Runnable> {

  /** How long a reader spins: longer than callers take from a loop to the next, mostly. */
  private static final long SPIN_NANOS = 50_000;

  /** Looks between readings of the clock. */
  private static final int LOOKS = 16;

  @Serial private static final long serialVersionUID = 1;

  @Override
  public Runnable take() throws InterruptedException {
    Runnable soon = spin();
    return soon != null ? soon : super.take();
  }

  @Override
  public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
    Runnable soon = spin();
    return soon != null ? soon : super.poll(timeout, unit);
  }

  private @Nullable Runnable spin() {
    long start = System.nanoTime();
    do {
      for (int look = 0; look < LOOKS; look++) {
        Runnable task = isEmpty() ? null : poll();
        if (task != null) {
          return task;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - start < SPIN_NANOS);
    return null;
  }
}
