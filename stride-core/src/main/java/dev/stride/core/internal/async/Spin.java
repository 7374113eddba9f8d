package dev.stride.core.internal.async;

import java.util.concurrent.locks.LockSupport;

/** Waits for something that is usually near: spins for a while, then sleeps in short naps. */
final class Spin {

  private static final int SPINS = 10_000;
  private static final long NAP_NANOS = 20_000;

  private int count;

  /** Waits a moment. */
  void once() {
    if (count < SPINS) {
      count++;
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(NAP_NANOS);
    }
  }
}
