package dev.stride.core.internal.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/** Lets the first through: operators may complete a stage more than once. */
final class Once {

  private final AtomicBoolean done = new AtomicBoolean();

  void run(Runnable action) {
    if (done.compareAndSet(false, true)) {
      action.run();
    }
  }
}
