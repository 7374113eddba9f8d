package dev.stride.core.internal.engine;

import dev.stride.api.RunStatistics;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.Notes;
import dev.stride.core.internal.graph.RunPlan;
import dev.stride.core.internal.graph.Visit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what a run does. */
final class Meter {

  private final long start = System.nanoTime();
  private final long nodes;
  private final boolean counting;
  private volatile long savedBytes;
  private final AtomicLong visited = new AtomicLong();
  private final AtomicLong alive = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final LongAdder transfers = new LongAdder();
  private final LongAdder transferredBytes = new LongAdder();
  private final Map<String, LongAdder> times = new ConcurrentHashMap<>();
  private volatile long end;

  /**
   * The meter of a run.
   *
   * @param computed whether the roots were there before the plan was made, and so all of its nodes
   */
  Meter(RunPlan plan, boolean computed) {
    this.nodes = plan.order().size();
    this.counting = !computed || plan.hasToCount();
  }

  /** Counts what forward left for a run. */
  void begin(RunPlan plan) {
    if (!counting) {
      return;
    }
    long bytes = 0;
    for (Visit visit : plan.order()) {
      if (visit.node() instanceof CallNode node) {
        bytes += node.savedBytes();
        countTransfers(node.notes());
      }
    }
    savedBytes = bytes;
  }

  private void countTransfers(@Nullable Notes notes) {
    if (notes != null && notes.transfers() > 0) {
      transfers.add(notes.transfers());
      transferredBytes.add(notes.transferredBytes());
    }
  }

  /** Counts nodes that are done. */
  void visits(int nodes) {
    visited.addAndGet(nodes);
  }

  long visited() {
    return visited.get();
  }

  /** Counts bytes of cotangents that came, or went if negative. */
  void cotangents(long bytes) {
    if (bytes == 0) {
      return;
    }
    long now = alive.addAndGet(bytes);
    if (now > peak.get()) {
      peak.accumulateAndGet(now, Math::max);
    }
  }

  void time(String operator, long nanoseconds) {
    if (nanoseconds > 0) {
      times.computeIfAbsent(operator, name -> new LongAdder()).add(nanoseconds);
    }
  }

  void transfer(long bytes) {
    transfers.increment();
    transferredBytes.add(bytes);
  }

  void stop() {
    end = System.nanoTime();
  }

  RunStatistics statistics() {
    long until = end == 0 ? System.nanoTime() : end;
    Map<String, Duration> perOperator = new HashMap<>();
    times.forEach((name, time) -> perOperator.put(name, Duration.ofNanos(time.sum())));
    return new RunStatistics(
        nodes,
        visited.get(),
        savedBytes,
        peak.get(),
        transfers.sum(),
        transferredBytes.sum(),
        Duration.ofNanos(until - start),
        perOperator);
  }
}
