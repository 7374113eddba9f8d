package dev.stride.core.internal.engine;

import dev.stride.api.spi.EngineListener.Event;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One operator's forward or adjoint as listeners, flight recordings and statistics see it. */
class Span {

  /** Of a cheap operator while nobody looks: not even timed. */
  static final Span NONE = new Span();

  private Span() {}

  void scheduled() {}

  void started() {}

  /** Whether flight recordings want operators. */
  static boolean isRecorded() {
    return new FlightEvent().isEnabled();
  }

  /** Ends it; nanoseconds since it started, 0 if unknown. */
  long finished(@Nullable Throwable failure) {
    return 0;
  }

  void released() {}

  /** One that is timed and told of. */
  static final class Observed extends Span {

    private final Listeners listeners;
    private final Event event;
    private final FlightEvent recording = new FlightEvent();
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
      recording.begin();
      start = System.nanoTime();
    }

    @Override
    long finished(@Nullable Throwable failure) {
      long elapsed = start == 0 ? 0 : System.nanoTime() - start;
      recording.end();
      if (recording.shouldCommit()) {
        commit(failure);
      }
      listeners.finished(event, Duration.ofNanos(elapsed), failure);
      return elapsed;
    }

    @Override
    void released() {
      listeners.released(event);
    }

    private void commit(@Nullable Throwable failure) {
      recording.operator = event.name();
      recording.phase = event.phase().name();
      recording.call = event.sequence();
      recording.run = event.run();
      recording.failed = failure != null;
      recording.commit();
    }
  }
}
