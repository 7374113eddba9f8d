package dev.stride.core.internal.engine;

import dev.stride.api.RunStatistics;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.Publisher.Contribution;
import dev.stride.core.internal.graph.GradientCell;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gradients and statistics of many runs, added up. */
final class RunTotals {

  private final EngineCore engine;
  private final Map<GradientCell, Totals> cells = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private RunStatistics statistics = RunStatistics.NONE;
  private long end;

  RunTotals(EngineCore engine) {
    this.engine = engine;
  }

  /** Adds the gradients of the next run. */
  void add(List<Contribution> contributions) {
    for (Contribution one : contributions) {
      cells.computeIfAbsent(one.cell(), cell -> new Totals(engine.spaces(), cell)).add(one.value());
    }
  }

  /** Puts the totals into the leaves; done when all have changed, or failed and none has. */
  Pending<Boolean> publish() {
    return engine.publisher().publish(cells);
  }

  /** They are not published. */
  void letGo() {
    cells.values().forEach(Totals::letGo);
  }

  /** They are published: tells listeners. */
  void published(Listeners listeners, long run) {
    synchronized (this) {
      end = System.nanoTime();
    }
    for (GradientCell cell : cells.keySet()) {
      listeners.accumulated(cell, run);
    }
  }

  /** Adds the statistics of a run that has ended. */
  synchronized void ended(RunStatistics run) {
    statistics = statistics.plus(run);
  }

  synchronized RunStatistics statistics() {
    long until = end == 0 ? System.nanoTime() : end;
    return new RunStatistics(
        statistics.nodes(),
        statistics.visited(),
        statistics.savedBytes(),
        statistics.peakBytes(),
        statistics.transfers(),
        statistics.transferredBytes(),
        Duration.ofNanos(until - start),
        statistics.timePerOperator());
  }
}
