package dev.stride.core.internal.async;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Chunks of one parallel loop, handed out one by one to whoever runs it. */
final class Chunks implements Runnable {

  private final int chunks;
  private final IntConsumer body;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final ChunkFailures failures = new ChunkFailures();

  Chunks(int chunks, IntConsumer body) {
    if (chunks < 0) {
      throw new IllegalArgumentException("chunks is " + chunks + "; expected 0 or more");
    }
    this.chunks = chunks;
    this.body = body;
  }

  /** Takes chunks until none is left. */
  @Override
  public void run() {
    for (int chunk = claim(); chunk < chunks; chunk = claim()) {
      try {
        body.accept(chunk);
      } catch (Throwable thrown) {
        failures.add(chunk, thrown);
        skipRest();
      } finally {
        ended.incrementAndGet();
      }
    }
  }

  /** Waits for chunks that others took; throws the failure of the lowest. */
  void await() {
    Spin spin = new Spin();
    while (ended.get() < chunks) {
      spin.once();
    }
    failures.rethrow();
  }

  private int claim() {
    int seen = next.get();
    return seen >= chunks ? chunks : next.getAndIncrement();
  }

  private void skipRest() {
    int claimed = Math.min(chunks, next.getAndSet(chunks));
    ended.addAndGet(chunks - claimed);
  }
}
