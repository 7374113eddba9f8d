package dev.stride.api;

import java.time.Duration;
import java.util.Map;

/**
 * What a run did.
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

  /** Copies the map. */
  public RunStatistics {
    timePerOperator = Map.copyOf(timePerOperator);
  }
}
