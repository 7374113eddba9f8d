package dev.stride.testkit.internal.call;

import dev.stride.api.Parallel;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Runs chunks on the calling thread in a random order that its seed determines. */
public final class ShuffledParallel implements Parallel {

  private final int threads;
  private final long seed;

  /** A pool that says that it has so many threads. */
  public ShuffledParallel(int threads, long seed) {
    this.threads = threads;
    this.seed = seed;
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public void run(int chunks, IntConsumer chunk) {
    Objects.requireNonNull(chunk, "chunk");
    for (int index : shuffled(chunks)) {
      chunk.accept(index);
    }
  }

  private int[] shuffled(int count) {
    SplittableRandom random = new SplittableRandom(seed + count);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
  }

  @Override
  public String toString() {
    return threads + " threads, chunks in another order";
  }
}
