package dev.stride.core.internal.engine;

import dev.stride.api.spi.EngineListener.Event;
import org.jspecify.annotations.Nullable;

/** One operator's forward or adjoint as listeners, flight recordings and statistics see it. */
class Span {

  /** Of a cheap operator while nobody looks: not even timed. */
  static final Span NONE = new Span();

  private Span() {}

  void scheduled() {}

  void started() {}

  /** Ends it; nanoseconds since it started, 0 if unknown. */
  long finished(@Nullable Throwable failure) {
    return 0;
  }

  void released() {}

  /** One that is timed and told of. */
  static final class Observed extends Span {

    private final Listeners listeners;
    private final Event event;
    private @Nullable FlightEvent recording;
    private long start;

    Observed(Listeners listeners, Event event) {
      this.listeners = listeners;
      this.event = event;
    }

    @Override
    void scheduled() {
      listeners.scheduled(event);
    }

    @Override
    void started() {
      listeners.started(event);
      recording = FlightEvent.begun();
      start = System.nanoTime();
    }

    @Override
    long finished(@Nullable Throwable failure) {
      long elapsed = start == 0 ? 0 : System.nanoTime() - start;
      if (recording != null) {
        recording.commit(event, failure != null);
      }
      listeners.finished(event, elapsed, failure);
      return elapsed;
    }

    @Override
    void released() {
      listeners.released(event);
    }
  }
}
