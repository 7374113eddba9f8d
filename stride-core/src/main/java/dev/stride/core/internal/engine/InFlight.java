package dev.stride.core.internal.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Calls that have been handed to a thread or to an operator, and runs, that have not ended. */
final class InFlight {

  private static final long POLL_MILLIS = 2;

  private final Set<Work> open = ConcurrentHashMap.newKeySet();

  void add(Work work) {
    open.add(work);
  }

  void remove(Work work) {
    open.remove(work);
  }

  List<Work> all() {
    return List.copyOf(open);
  }

  /** Waits until nothing is open, or for that long. */
  void awaitNone(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (!open.isEmpty() && System.nanoTime() < end) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Something that may not end by itself. */
  interface Work {

    /** As messages name it. */
    String name();

    /** Asks it to end: what has not started never does, what runs sees its token. */
    void cancel(Throwable reason);

    /** Ends it for everybody who waits, whatever its operator still does. */
    void abandon(Throwable reason);
  }
}
