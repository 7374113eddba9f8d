package dev.stride.core.internal.engine;

import dev.stride.api.spi.EngineListener;
import dev.stride.core.TransferPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an engine. Immutable.
 *
 * @param executor where operators run; null: a pool of the engine's own
 * @param timer keeps the engine's deadlines; null: a thread of the engine's own
 * @param threads upper bound on the threads that compute at once
 * @param maximumUnfinished calls that may be unfinished before {@code call} waits; 0: no bound
 * @param callSites whether call sites are captured for cheap operators too
 * @param detectAnomalies whether every forward and adjoint is searched for NaN and infinities
 * @param transferPolicy what to do with inputs on another device
 * @param closeTimeout how long {@code close} waits for operators that run
 * @param listeners told of everything; their failures are logged and ignored
 */
public record EngineConfiguration(
    @Nullable ExecutorService executor,
    @Nullable ScheduledExecutorService timer,
    int threads,
    int maximumUnfinished,
    boolean callSites,
    boolean detectAnomalies,
    TransferPolicy transferPolicy,
    Duration closeTimeout,
    List<EngineListener> listeners) {

  /** Copies the listeners and checks the numbers. */
  public EngineConfiguration {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; expected at least 1");
    }
    if (maximumUnfinished < 0) {
      throw new IllegalArgumentException(
          "maximumUnfinished is " + maximumUnfinished + "; expected 0 (no bound) or more");
    }
    if (closeTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "closeTimeout is " + closeTimeout + "; expected zero or more");
    }
    listeners = List.copyOf(listeners);
  }
}
