package dev.stride.testkit.junit;

import dev.stride.api.spi.EngineListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sees which calls and nodes of an engine are unfinished, and on which threads it works. */
final class Watch implements EngineListener {

  private final Set<Event> open = new LinkedHashSet<>();
  private final Set<Thread> threads = new LinkedHashSet<>();
  private final Thread test = Thread.currentThread();

  @Override
  public synchronized void scheduled(Event event) {
    open.add(event);
  }

  @Override
  public synchronized void started(Event event) {
    Thread thread = Thread.currentThread();
    if (!thread.equals(test)) {
      threads.add(thread);
    }
  }

  @Override
  public synchronized void finished(Event event, Duration elapsed, @Nullable Throwable failure) {
    open.remove(event);
    notifyAll();
  }

  /** What is still unfinished after a time: {@code forward acme.blur (call 3)}. */
  synchronized List<String> unfinishedAfter(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (long left = end - System.nanoTime();
        !open.isEmpty() && left > 0;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return open.stream()
        .map(event -> "%s %s (call %d)".formatted(event.phase(), event.name(), event.sequence()))
        .toList();
  }

  /** Names of the threads that worked for the engine and are alive after a time. */
  List<String> aliveAfter(Duration patience) throws InterruptedException {
    List<Thread> seen;
    synchronized (this) {
      seen = List.copyOf(threads);
    }
    List<String> alive = new ArrayList<>();
    long end = System.nanoTime() + patience.toNanos();
    for (Thread thread : seen) {
      if (!thread.equals(Thread.currentThread())
          && !thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        alive.add(thread.getName());
      }
    }
    return alive;
  }
}
