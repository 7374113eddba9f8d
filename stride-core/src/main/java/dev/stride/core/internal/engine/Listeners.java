package dev.stride.core.internal.engine;

import dev.stride.api.Phase;
import dev.stride.api.spi.EngineListener;
import dev.stride.api.spi.EngineListener.Event;
import dev.stride.core.internal.graph.GradientCell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what happens, in the order they were given; logs what they throw. */
final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<EngineListener> listeners;

  Listeners(List<EngineListener> listeners) {
    this.listeners = listeners;
  }

  /** These and some more. */
  Listeners and(List<EngineListener> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<EngineListener> all = new ArrayList<>(listeners);
    all.addAll(more);
    return new Listeners(all);
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  void scheduled(Event event) {
    tell(listener -> listener.scheduled(event));
  }

  void started(Event event) {
    tell(listener -> listener.started(event));
  }

  void finished(Event event, long nanoseconds, @Nullable Throwable failure) {
    if (!isEmpty()) {
      Duration elapsed = Duration.ofNanos(nanoseconds);
      tell(listener -> listener.finished(event, elapsed, failure));
    }
  }

  /** Tells that a run has added to the gradient of a leaf. */
  void accumulated(GradientCell cell, long run) {
    Event event = new Event(Phase.ACCUMULATE, cell.name(), cell.sequence(), run);
    tell(listener -> listener.accumulated(event));
  }

  void released(Event event) {
    tell(listener -> listener.released(event));
  }

  private void tell(Consumer<EngineListener> what) {
    for (EngineListener listener : listeners) {
      try {
        what.accept(listener);
      } catch (Throwable failure) {
        LOG.warn("listener {} failed; the engine goes on", listener, failure);
      }
    }
  }
}
