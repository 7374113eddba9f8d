package dev.stride.api.spi;

import dev.stride.api.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees what an engine does. Methods are called on the thread where it happens, on several at once;
 * they must return quickly, must not wait for the engine, and should not throw: a failure is logged
 * and otherwise ignored.
 *
 * <p>For one call or node the order is scheduled, started, finished, and released once at most. One
 * that never starts, because an input failed or its run was stopped, may finish without having
 * started. What a run did has been told before the run's stage completes, except for operators that
 * it left behind.
 */
public interface EngineListener {

  /** An operator call or a node of a run waits for its inputs or cotangents. */
  default void scheduled(Event event) {}

  /** It starts. */
  default void started(Event event) {}

  /**
   * It ended.
   *
   * @param elapsed time since it started
   * @param failure null if it succeeded
   */
  default void finished(Event event, Duration elapsed, @Nullable Throwable failure) {}

  /** A run added a gradient to a leaf. */
  default void accumulated(Event event) {}

  /** What the adjoint of a call kept was released. */
  default void released(Event event) {}

  /**
   * What happens to which operator or leaf.
   *
   * @param phase forward, adjoint or accumulate
   * @param name the operator's name; the variable's for a leaf
   * @param sequence number of the call, or of the leaf, within the engine
   * @param run number of the run; 0 in forward
   */
  record Event(Phase phase, String name, long sequence, long run) {}
}
