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
   * Completes with the result on the thread that finished the work, where what depends on it runs
   * next and must not wait for this engine; fails with the first failure, later ones suppressed.
   * Gradients are in the leaves before it completes. Completing or cancelling the stage has no
   * effect; see {@link #cancel}.
   */
  CompletionStage<R> stage();

  /**
   * Waits for the result. An interruption does not end the waiting; the thread stays interrupted.
   *
   * @throws OperatorException if an operator failed
   * @throws RunCancelledException if the run was cancelled or its deadline passed
   * @throws IllegalStateException on a thread of the engine where waiting could never end
   */
  R join();

  /**
   * Stops the run: nothing new starts, operators see their token, no gradient is changed. Returns
   * at once; the run ends when its operators have, and without those that ignore their token for as
   * long as closing the engine would wait. Does nothing when the run is done.
   *
   * @return whether this call cancelled it
   */
  boolean cancel();

  /** Whether the result or a failure is there. */
  boolean isDone();

  /** What the run has done so far; final when it has ended. Never waits. */
  RunStatistics statistics();
}
