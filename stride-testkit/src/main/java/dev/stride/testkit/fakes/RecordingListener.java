package dev.stride.testkit.fakes;

import dev.stride.api.Phase;
import dev.stride.api.spi.EngineListener;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down what an engine tells it. Thread-safe. */
public final class RecordingListener implements EngineListener {

  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** A listener that has seen nothing. */
  public RecordingListener() {}

  @Override
  public void scheduled(Event event) {
    seen.add(new Seen("scheduled", event, null));
  }

  @Override
  public void started(Event event) {
    seen.add(new Seen("started", event, null));
  }

  @Override
  public void finished(Event event, Duration elapsed, @Nullable Throwable failure) {
    seen.add(new Seen("finished", event, failure));
  }

  @Override
  public void accumulated(Event event) {
    seen.add(new Seen("accumulated", event, null));
  }

  @Override
  public void released(Event event) {
    seen.add(new Seen("released", event, null));
  }

  /** Everything so far, in order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Notifications of one method and phase, in order. */
  public List<Seen> seen(String method, Phase phase) {
    return seen.stream()
        .filter(s -> s.method().equals(method) && s.event().phase() == phase)
        .toList();
  }

  /** Everything so far as text, in order: {@code started adjoint acme.softplus}. */
  public List<String> texts() {
    return seen.stream().map(Seen::toString).toList();
  }

  /**
   * One notification.
   *
   * @param method name of the listener's method
   * @param event what it was about
   * @param failure of {@code finished}; null if there was none
   */
  public record Seen(String method, Event event, @Nullable Throwable failure) {

    @Override
    public String toString() {
      String phase = event.phase().name().toLowerCase(Locale.ROOT);
      return method + " " + phase + " " + event.name();
    }
  }
}
