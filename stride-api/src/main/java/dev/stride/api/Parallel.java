package dev.stride.api;

import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * The engine's pool as an operator sees it: splits one operator's work into chunks.
 *
 * <p>The calling thread takes chunks too and can finish all of them alone, so nested and concurrent
 * use never waits for a free thread and never adds one. Chunks are handed out dynamically: what a
 * chunk computes must depend on its number only, then results are the same for any number of
 * threads.
 */
public interface Parallel {

  /** Upper bound on the threads that work at once, the caller included; at least 1. */
  int threads();

  /**
   * Runs {@code chunk} for every number in {@code [0, chunks)} and returns when all have ended. A
   * failure stops further chunks and waits for those that have started; that of the lowest chunk,
   * which is the same for any number of threads, is thrown here as it is, the others suppressed.
   * What the chunks have written is visible to the caller afterwards. Cancellation does not end it:
   * chunks that run long poll their token, and throw.
   *
   * @param chunks how many; none is nothing to do
   */
  void run(int chunks, IntConsumer chunk);

  /**
   * Runs a body that calls {@link #run} many times in a row, such as one call per time step.
   * Threads lent by the engine stay with the team between those calls, so each costs well under a
   * microsecond.
   *
   * @param body gets the team, for its own thread alone; it must not let it escape
   * @return what the body returns; what it throws is thrown here
   */
  default <R> R team(Function<Parallel, R> body) {
    return body.apply(this);
  }

  /** A pool of nobody but the caller. */
  static Parallel serial() {
    return SerialParallel.INSTANCE;
  }
}
