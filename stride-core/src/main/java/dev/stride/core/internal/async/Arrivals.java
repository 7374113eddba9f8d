package dev.stride.core.internal.async;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** Runs something once, as soon as every value that it waits for is there or has failed. */
public final class Arrivals implements Runnable {

  private static final AtomicIntegerFieldUpdater<Arrivals> MISSING =
      AtomicIntegerFieldUpdater.newUpdater(Arrivals.class, "missing");

  private final Runnable then;
  private volatile int missing = 1;

  /** What is to run, and not before {@link #run} was called once more than values were awaited. */
  public Arrivals(Runnable then) {
    this.then = then;
  }

  /** Waits for one value more. */
  public void await(Pending<?> value) {
    MISSING.incrementAndGet(this);
    if (!value.attach(this)) {
      MISSING.decrementAndGet(this);
    }
  }

  /** One value is there, or all have been named. */
  @Override
  public void run() {
    if (MISSING.decrementAndGet(this) == 0) {
      then.run();
    }
  }
}
