package dev.stride.ops.std.internal.kernel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides when a loop of vector code takes over from the plain one that gives the same bits.
 *
 * <p>Until the virtual machine has compiled it, vector code is some hundred times slower than plain
 * code, for half a second and longer; where a loop is too large to be compiled, for good. So plain
 * code does the work and vector code is tried on a little of it, for no more time than plain code
 * has taken, until trials are fast. Which code ran makes no difference to results, so clocks may
 * decide. Thread-safe.
 */
public final class WarmUp {

  /** Nanoseconds that trials may take in advance. */
  private static final long ADVANCE = 20_000_000;

  /** Nanoseconds that reading the clock and starting a loop may take. */
  private static final long START = 300;

  /**
   * Nanoseconds that a step on a vector may take: about one when it is compiled, some thirty and
   * more until then.
   */
  private static final long STEP = 8;

  /** Fast trials in a row that are no coincidence. */
  private static final int ENOUGH = 3;

  private final AtomicLong credit = new AtomicLong(ADVANCE);
  private volatile int fast;

  /** Work on some of the elements of a run. */
  @FunctionalInterface
  public interface Part {
    /** Works on {@code count} elements from {@code from} on. */
    void run(int from, int count);
  }

  /**
   * Works on a run while this is not over: vector code on its first elements if it may be tried,
   * plain code on the others.
   *
   * @param trial elements of a trial at most
   * @param steps operations on vectors for one element
   */
  public void share(int count, int trial, double steps, Part vector, Part plain) {
    int tried = isDue() ? Math.min(trial, count) : 0;
    long start = System.nanoTime();
    if (tried > 0) {
      vector.run(0, tried);
    }
    long middle = System.nanoTime();
    if (tried < count) {
      plain.run(tried, count - tried);
    }
    plain(System.nanoTime() - middle);
    if (tried > 0) {
      trial(middle - start, (long) (tried * steps));
    }
  }

  /** Whether vector code is compiled. */
  public boolean isOver() {
    return fast >= ENOUGH;
  }

  /** Whether vector code may be tried now. */
  public boolean isDue() {
    return credit.get() > 0;
  }

  /** Plain code has worked for so long. */
  public void plain(long nanos) {
    credit.addAndGet(nanos);
  }

  /**
   * Vector code has worked for so long.
   *
   * @param steps operations on vectors that it took
   */
  public void trial(long nanos, long steps) {
    credit.addAndGet(-nanos);
    fast = nanos <= START + STEP * steps ? fast + 1 : 0;
  }
}
