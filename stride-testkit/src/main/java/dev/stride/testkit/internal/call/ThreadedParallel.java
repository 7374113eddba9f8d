package dev.stride.testkit.internal.call;

import dev.stride.api.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Runs chunks on threads that it starts for each call; the caller takes chunks too. */
public final class ThreadedParallel implements Parallel {

  private final int threads;

  /** A pool of so many threads, the caller included. */
  public ThreadedParallel(int threads) {
    this.threads = threads;
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public void run(int chunks, IntConsumer chunk) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Runnable work = () -> takeChunks(chunks, chunk, next, failure);
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, chunks); i++) {
      helpers.add(Thread.ofVirtual().start(work));
    }
    work.run();
    helpers.forEach(ThreadedParallel::join);
    rethrow(failure.get());
  }

  private static void takeChunks(
      int chunks,
      IntConsumer chunk,
      AtomicInteger next,
      AtomicReference<@Nullable Throwable> failure) {
    for (int i = next.getAndIncrement();
        i < chunks && failure.get() == null;
        i = next.getAndIncrement()) {
      try {
        chunk.accept(i);
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while chunks were running", e);
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("a chunk failed", failure);
    }
  }

  @Override
  public String toString() {
    return threads + " threads";
  }
}
