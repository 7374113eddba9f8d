package dev.stride.core.internal.async;

import dev.stride.api.Parallel;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Shares chunks between the caller and threads of the pool that have nothing to do. */
final class PoolParallel implements Parallel {

  private final ComputePool pool;

  PoolParallel(ComputePool pool) {
    this.pool = pool;
  }

  @Override
  public int threads() {
    return pool.threads();
  }

  @Override
  public void run(int chunks, IntConsumer chunk) {
    Chunks work = new Chunks(chunks, chunk);
    lend(Math.min(chunks, threads()) - 1, work);
    work.run();
    work.await();
  }

  @Override
  public <R> R team(Function<Parallel, R> body) {
    try (Team team = new Team(this)) {
      return body.apply(team);
    }
  }

  /** Gives idle threads, at most so many, to a helper; returns how many. */
  int lend(int wanted, Runnable helper) {
    int lent = Math.clamp(pool.idle(), 0, Math.max(0, wanted));
    try {
      for (int i = 0; i < lent; i++) {
        pool.execute(helper);
      }
    } catch (RejectedExecutionException closed) {
      return 0; // The caller finishes alone.
    }
    return lent;
  }

  boolean othersWait() {
    return pool.queued() > 0;
  }
}
