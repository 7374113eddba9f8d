package dev.stride.core.internal.async;

import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a loop threw: the failure of the lowest one, the others suppressed.
 *
 * <p>Chunks are taken in order, so that all below one that fails run too. The lowest that fails is
 * the same for any number of threads then, which the first to fail is not.
 */
final class ChunkFailures {

  private @Nullable Throwable lowest;
  private int chunk;

  synchronized void add(int failed, Throwable thrown) {
    if (lowest == null) {
      lowest = thrown;
      chunk = failed;
    } else if (failed < chunk) {
      Failures.suppress(thrown, lowest);
      lowest = thrown;
      chunk = failed;
    } else {
      Failures.suppress(lowest, thrown);
    }
  }

  /** Throws the failure, if there is one, and forgets it. */
  void rethrow() {
    Failures.rethrow(take());
  }

  private synchronized @Nullable Throwable take() {
    Throwable thrown = lowest;
    lowest = null;
    return thrown;
  }
}
