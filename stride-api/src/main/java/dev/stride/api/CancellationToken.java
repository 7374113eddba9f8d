package dev.stride.api;

/** Tells a running operator that nobody wants its result any more. Safe from any thread. */
public interface CancellationToken {

  /** A token that is never cancelled. */
  CancellationToken NONE = () -> false;

  /**
   * Whether the work was cancelled, failed elsewhere, its deadline has passed, or the engine is
   * closing. Once true, always true. Costs a read of memory.
   */
  boolean isCancelled();

  /**
   * Ends the operator if the work was cancelled; to be called between chunks of long work.
   *
   * @throws RunCancelledException if {@link #isCancelled()}
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new RunCancelledException("the operator saw that its run was cancelled");
    }
  }
}
