package dev.stride.core.internal.async;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is doing on the current thread, and the trampoline on which completions run.
 *
 * <p>An extent is bound while the engine runs something: a task of the pool, code on a virtual
 * thread, or a drain of completions. Completions that happen inside a drain are queued and run by
 * that drain, so that a chain of a million of them needs no deeper stack than a chain of one.
 */
public final class Extent {

  /** What runs. */
  enum Kind {
    /** Completions: must not wait, since what they wait for may be queued behind them. */
    DRAIN,
    /** A task of the bounded pool: must not wait for other work of the pool. */
    COMPUTE,
    /** Code on a virtual thread: may wait. */
    BLOCKING
  }

  private static final ScopedValue<Extent> CURRENT = ScopedValue.newInstance();

  private final Kind kind;
  private final @Nullable ComputePool pool;
  private final @Nullable Deque<Runnable> queue;

  private Extent(Kind kind, @Nullable ComputePool pool, @Nullable Deque<Runnable> queue) {
    this.kind = kind;
    this.pool = pool;
    this.queue = queue;
  }

  /** The innermost extent of this thread; null outside every engine. */
  public static @Nullable Extent current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /** Runs a completion now, or after the one that is running on this thread. */
  public static void complete(Runnable completion) {
    Extent extent = current();
    if (extent != null && extent.queue != null) {
      extent.queue.add(completion);
    } else {
      drain(completion);
    }
  }

  /** Whether code may wait here for work of a pool. */
  static boolean mayWait(ComputePool pool) {
    Extent extent = current();
    return extent == null
        || extent.kind == Kind.BLOCKING
        || (extent.kind == Kind.COMPUTE && extent.pool != pool);
  }

  /** Runs a task inside an extent of its own. */
  static void enter(Kind kind, ComputePool pool, Runnable task) {
    Extent outer = current();
    Extent inner = new Extent(kind, pool, outer == null ? null : outer.queue);
    ScopedValue.where(CURRENT, inner).run(task);
  }

  private static void drain(Runnable first) {
    Deque<Runnable> queue = new ArrayDeque<>();
    queue.add(first);
    ScopedValue.where(CURRENT, new Extent(Kind.DRAIN, null, queue)).run(() -> runAll(queue));
  }

  private static void runAll(Deque<Runnable> queue) {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      try {
        next.run();
      } catch (Throwable failure) {
        Uncaught.report(failure);
      }
    }
  }
}
