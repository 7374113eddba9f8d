package dev.stride.benchmarks.kernels;

import dev.stride.api.Parallel;
import dev.stride.core.internal.async.ComputePool;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Threads as the engine lends them to operators. Not safe for concurrent use. */
public final class Teams implements AutoCloseable {

  private final Map<Integer, ComputePool> pools = new TreeMap<>();

  /** A team of so many threads, the caller among them. */
  public Parallel of(int threads) {
    return threads == 1
        ? Parallel.serial()
        : pools.computeIfAbsent(threads, n -> new ComputePool(n, null)).parallel();
  }

  @Override
  public void close() {
    pools.values().forEach(pool -> pool.close(Duration.ofSeconds(1)));
  }
}
