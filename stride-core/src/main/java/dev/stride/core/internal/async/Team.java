package dev.stride.core.internal.async;

import dev.stride.api.Parallel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that stay together over many parallel loops in a row.
 *
 * <p>A loop is opened by one write: the high half of {@link #state} counts loops, the low half the
 * chunks left. Whoever lowers the low half owns a chunk, and keeps the loop open until the chunk
 * has ended, so that body and size are those of that loop. Helpers spin between loops for a while,
 * then park; they leave when other work waits for a thread of the pool. The caller can finish every
 * loop alone.
 */
final class Team implements Parallel, AutoCloseable {

  private static final long LEFT = 0xffff_ffffL;
  private static final int SPINS = 10_000;

  private final PoolParallel pool;
  private final AtomicLong state = new AtomicLong();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger helpers = new AtomicInteger();
  private final ChunkFailures failures = new ChunkFailures();
  private final Set<Thread> parked = ConcurrentHashMap.newKeySet();
  private final Thread owner = Thread.currentThread();
  private @Nullable IntConsumer body;
  private int chunks;
  private boolean open;
  private volatile boolean closed;

  Team(PoolParallel pool) {
    this.pool = pool;
  }

  @Override
  public int threads() {
    return pool.threads();
  }

  @Override
  public void run(int count, IntConsumer chunk) {
    if (count <= 0 || Thread.currentThread() != owner || open) {
      Parallel.serial().run(count, chunk); // A loop inside a loop.
      return;
    }
    recruit(count);
    open(count, chunk);
    work();
    awaitEnd(count);
    open = false;
    failures.rethrow();
  }

  /** Lets the helpers go. */
  @Override
  public void close() {
    closed = true;
    parked.forEach(LockSupport::unpark);
  }

  private void recruit(int count) {
    int missing = Math.min(count, threads()) - 1 - helpers.get();
    if (missing > 0) {
      helpers.addAndGet(missing);
      helpers.addAndGet(pool.lend(missing, this::help) - missing);
    }
  }

  private void open(int count, IntConsumer chunk) {
    open = true;
    body = chunk;
    chunks = count;
    ended.set(0);
    state.set(((state.get() >>> 32) + 1) << 32 | count);
    if (!parked.isEmpty()) {
      parked.forEach(LockSupport::unpark);
    }
  }

  /** Takes chunks until none is left; whether it had any. */
  private boolean work() {
    boolean any = false;
    for (long seen = state.get(); (seen & LEFT) != 0; seen = state.get()) {
      if (state.compareAndSet(seen, seen - 1)) {
        runChunk(chunks - (int) (seen & LEFT));
        any = true;
      }
    }
    return any;
  }

  private void runChunk(int chunk) {
    try {
      Objects.requireNonNull(body).accept(chunk);
    } catch (Throwable thrown) {
      failures.add(chunk, thrown);
      skipRest();
    } finally {
      ended.incrementAndGet();
    }
  }

  private void skipRest() {
    long before = state.getAndUpdate(seen -> seen & ~LEFT);
    ended.addAndGet((int) (before & LEFT));
  }

  private void awaitEnd(int count) {
    Spin spin = new Spin();
    while (ended.get() < count) {
      spin.once();
    }
  }

  private void help() {
    int idle = 0;
    while (!closed && !pool.othersWait()) {
      if (work()) {
        idle = 0;
      } else if (++idle < SPINS) {
        Thread.onSpinWait();
      } else {
        park();
        idle = 0;
      }
    }
    helpers.decrementAndGet();
  }

  private void park() {
    parked.add(Thread.currentThread());
    if ((state.get() & LEFT) == 0 && !closed) {
      LockSupport.park(this);
    }
    parked.remove(Thread.currentThread());
  }
}
