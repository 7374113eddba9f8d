package dev.stride.core.internal.async;

import dev.stride.api.Parallel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one bounded pool of an engine, for operators and the chunks inside them, and the virtual
 * threads for code that waits.
 *
 * <p>The pool's threads are its own unless an executor is given, which is never shut down.
 */
public final class ComputePool implements Executor {

  private static final AtomicInteger POOLS = new AtomicInteger();

  private final String name = "stride-" + POOLS.incrementAndGet();
  private final int threads;
  private final boolean owned;
  private final ExecutorService executor;
  private final AtomicInteger submitted = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private final Parallel parallel = new PoolParallel(this);

  /**
   * A pool.
   *
   * @param threads upper bound on the threads that compute at once
   * @param given runs everything; null: threads of the pool's own
   */
  public ComputePool(int threads, @Nullable ExecutorService given) {
    this.threads = threads;
    this.owned = given == null;
    this.executor = given == null ? ownThreads() : given;
  }

  /** Upper bound on the threads that compute at once. */
  public int threads() {
    return threads;
  }

  /** Splits work over this pool. */
  public Parallel parallel() {
    return parallel;
  }

  /** Runs a task on the pool. Throws what the executor throws if it takes nothing. */
  @Override
  public void execute(Runnable task) {
    submitted.incrementAndGet();
    try {
      executor.execute(() -> run(task));
    } catch (Throwable refused) {
      submitted.decrementAndGet();
      throw refused;
    }
  }

  /** Runs a task that may wait, on a virtual thread. */
  public void executeBlocking(String task, Runnable code) {
    Thread.ofVirtual().name(name + "-" + task).start(() -> runBlocking(code));
  }

  /** Whether the current thread may wait for work of this pool. */
  public boolean mayWait() {
    return Extent.mayWait(this);
  }

  /** Number of threads that have nothing to do, as far as can be seen. */
  int idle() {
    return threads - running.get() - queued();
  }

  /** Number of tasks that wait for a thread. */
  int queued() {
    return submitted.get();
  }

  private void run(Runnable task) {
    submitted.decrementAndGet();
    running.incrementAndGet();
    try {
      Extent.enter(Extent.Kind.COMPUTE, this, task);
    } catch (Throwable failure) {
      Uncaught.report(failure);
    } finally {
      running.decrementAndGet();
    }
  }

  private void runBlocking(Runnable code) {
    waiting.add(Thread.currentThread());
    try {
      Extent.enter(Extent.Kind.BLOCKING, this, code);
    } catch (Throwable failure) {
      Uncaught.report(failure);
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  /** Interrupts what runs, ends the pool's own threads and waits for them that long. */
  public void close(Duration timeout) {
    waiting.forEach(Thread::interrupt);
    if (owned) {
      executor.shutdownNow();
      awaitTermination(timeout);
    }
  }

  private void awaitTermination(Duration timeout) {
    try {
      executor.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ExecutorService ownThreads() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new SpinningQueue(),
            task -> daemon(task, name + "-compute-" + count.incrementAndGet()));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread daemon(Runnable task, String name) {
    return Thread.ofPlatform().daemon().name(name).unstarted(task);
  }
}
