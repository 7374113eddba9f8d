package dev.stride.api.spi;

import dev.stride.api.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees what an engine does. Methods are called on the thread where it happens, must return quickly,
 * and must not throw: a failure is logged and otherwise ignored.
 */
public interface EngineListener {

  /** An operator call or a node of a run waits for its inputs or cotangents. */
  default void scheduled(Event event) {}

  /** It starts. */
  default void started(Event event) {}

  /** It ended. */
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
