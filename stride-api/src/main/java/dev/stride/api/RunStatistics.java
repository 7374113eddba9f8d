package dev.stride.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a run did, or has done so far. Immutable. While the run goes on the figures need not be of
 * one moment.
 *
 * @param nodes nodes of the adjoint graph
 * @param visited nodes whose adjoint or accumulation is done
 * @param savedBytes bytes of saved state that forward had kept for this graph
 * @param peakBytes most bytes of cotangents that were alive at once
 * @param transfers values moved from one device to another
 * @param transferredBytes bytes of those
 * @param elapsed wall time from the start to the end, or until now
 * @param timePerOperator time spent in the adjoint of each operator, by name; sums over threads
 */
public record RunStatistics(
    long nodes,
    long visited,
    long savedBytes,
    long peakBytes,
    long transfers,
    long transferredBytes,
    Duration elapsed,
    Map<String, Duration> timePerOperator) {

  /** Those of no run. */
  public static final RunStatistics NONE =
      new RunStatistics(0, 0, 0, 0, 0, 0, Duration.ZERO, Map.of());

  /** Copies the map. */
  public RunStatistics {
    timePerOperator = Map.copyOf(timePerOperator);
  }

  /** Those of this run and another after it: sums, and the larger peak. */
  public RunStatistics plus(RunStatistics other) {
    Map<String, Duration> times = new HashMap<>(timePerOperator);
    other.timePerOperator.forEach((name, time) -> times.merge(name, time, Duration::plus));
    return new RunStatistics(
        nodes + other.nodes,
        visited + other.visited,
        savedBytes + other.savedBytes,
        Math.max(peakBytes, other.peakBytes),
        transfers + other.transfers,
        transferredBytes + other.transferredBytes,
        elapsed.plus(other.elapsed),
        times);
  }
}
