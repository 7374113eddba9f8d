package dev.stride.api;

import java.util.concurrent.CompletionStage;

/**
 * Work that the engine does: an adjoint run, or many of them as one. It has started when the caller
 * gets it. Safe for use by any number of threads.
 *
 * @param <R> type of the result
 */
public interface Run<R> {

  /**
   * Completes with the result on the thread that finished the work; fails with the first failure,
   * later ones suppressed. Completing or cancelling the stage has no effect; see {@link #cancel}.
   */
  CompletionStage<R> stage();

  /**
   * Waits for the result.
   *
   * @throws OperatorException if an operator failed
   * @throws RunCancelledException if the run was cancelled or its deadline passed
   * @throws IllegalStateException on a thread of the engine where waiting could never end
   */
  R join();

  /**
   * Stops the run: nothing new starts, operators see their token, no gradient is changed. Does
   * nothing when the run is done.
   *
   * @return whether this call cancelled it
   */
  boolean cancel();

  /** Whether the result or a failure is there. */
  boolean isDone();

  /** What the run has done so far. */
  RunStatistics statistics();
}
