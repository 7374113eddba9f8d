package dev.stride.api;

import dev.stride.api.spi.EngineListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to run an adjoint graph. Immutable.
 *
 * @param retain whether the graph can be run again; otherwise the run releases it
 * @param detectAnomalies whether to stop at the first cotangent that has a NaN or an infinity
 * @param deadline time after which the run is cancelled; null: none
 * @param listeners told of this run's nodes, besides the engine's own
 * @param arguments named extra arguments, passed on to every operator's adjoint
 */
public record AdjointOptions(
    boolean retain,
    boolean detectAnomalies,
    @Nullable Duration deadline,
    List<EngineListener> listeners,
    Map<String, Object> arguments) {

  private static final AdjointOptions DEFAULTS =
      new AdjointOptions(false, false, null, List.of(), Map.of());

  /** Copies the collections and checks the deadline. */
  public AdjointOptions {
    if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
      throw new IllegalArgumentException("deadline is " + deadline + "; expected a positive time");
    }
    listeners = List.copyOf(listeners);
    arguments = Map.copyOf(arguments);
  }

  /** Releases the graph, no deadline, no listeners, no extra arguments. */
  public static AdjointOptions defaults() {
    return DEFAULTS;
  }

  /** Keeps the graph for another run. */
  public AdjointOptions retaining() {
    return new AdjointOptions(true, detectAnomalies, deadline, listeners, arguments);
  }

  /** Stops at the first cotangent that has a NaN or an infinity, and names where it came from. */
  public AdjointOptions detectingAnomalies() {
    return new AdjointOptions(retain, true, deadline, listeners, arguments);
  }

  /**
   * Cancels the run after this time. It then ends as soon as its operators do, and without those
   * that ignore the cancellation for as long as closing the engine would wait for them.
   */
  public AdjointOptions within(Duration time) {
    return new AdjointOptions(retain, detectAnomalies, time, listeners, arguments);
  }

  /** Tells this listener too. */
  public AdjointOptions listener(EngineListener listener) {
    List<EngineListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new AdjointOptions(retain, detectAnomalies, deadline, more, arguments);
  }

  /** Passes a named extra argument on to every operator's adjoint. */
  public AdjointOptions with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(arguments);
    more.put(name, value);
    return new AdjointOptions(retain, detectAnomalies, deadline, listeners, more);
  }
}
