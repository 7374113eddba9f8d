package dev.stride.ops.gpu.internal.device;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who holds elements that an adjoint run has made for itself. The last to {@link #letGo} gives
 * their memory back, unless they were handed out: then only the garbage collector knows who has
 * them. Thread-safe.
 */
public final class Loan {

  /** Of anything that is not lent, from the beginning or because it was handed out. */
  private static final int NEVER = Integer.MIN_VALUE;

  private static final int UNKNOWN = -1;

  private final AtomicInteger holders = new AtomicInteger(UNKNOWN);
  private final Runnable release;

  Loan(Runnable release) {
    this.release = release;
  }

  /** They are lent to a run by the only one who has them, unless they were before. */
  public void lend() {
    holders.compareAndSet(UNKNOWN, 0);
  }

  /** Somebody has them who is no run; a run that holds them knows more. */
  public void keep() {
    holders.updateAndGet(count -> count <= 0 ? NEVER : count);
  }

  /** They are kept in one place more. */
  public void hold() {
    holders.updateAndGet(count -> count < 0 ? NEVER : count + 1);
  }

  /** They are kept in one place less. */
  public void letGo() {
    int left = holders.updateAndGet(count -> count <= 0 ? NEVER : count - 1);
    if (left == 0 && holders.compareAndSet(0, NEVER)) {
      release.run();
    }
  }

  /** They go to where nobody counts. */
  public void handOut() {
    holders.set(NEVER);
  }
}
