package dev.stride.core;

import dev.stride.api.spi.EngineListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A listener that writes what an engine does as a trace, for Perfetto ({@code ui.perfetto.dev}) or
 * {@code chrome://tracing}: one bar for every forward and adjoint, on the line of its thread.
 *
 * {@snippet :
 * try (ChromeTrace trace = ChromeTrace.to(Path.of("run.json"));
 *     Stride stride = Stride.builder().listener(trace).build()) {
 *   // ...
 * }
 * }
 *
 * <p>An operator that ends on another thread than it started on is asynchronous; it has a line of
 * its own. Each bar has the number of its call and run, and how long it waited for its inputs and a
 * thread. Gradients that reach a leaf are marks. An event takes about 150 bytes, cheap operators
 * included: leave it out of loops over millions of calls, or give it to one run with {@code
 * AdjointOptions.listener}.
 *
 * <p>The file is the JSON array format of <a
 * href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU">Trace
 * Event Format</a>; readers take one that was cut off. Belongs to one engine, on any number of
 * threads. What happens after {@link #close} is left out.
 */
public final class ChromeTrace implements EngineListener, AutoCloseable {

  private final long origin = System.nanoTime();
  private final Map<Event, Long> scheduled = new ConcurrentHashMap<>();
  private final Map<Event, Start> running = new ConcurrentHashMap<>();
  private final Map<Long, String> threads = new TreeMap<>();
  private final BufferedWriter out;
  private String separator = "[\n";
  private @Nullable IOException failure;
  private boolean closed;

  ChromeTrace(BufferedWriter out) {
    this.out = out;
  }

  private record Start(long nanoseconds, long thread) {}

  /**
   * Starts a trace in a file, which is replaced if it exists.
   *
   * @throws IOException if the file cannot be written
   */
  public static ChromeTrace to(Path file) throws IOException {
    return new ChromeTrace(Files.newBufferedWriter(file));
  }

  @Override
  public void scheduled(Event event) {
    scheduled.put(event, System.nanoTime());
  }

  @Override
  public void started(Event event) {
    running.put(event, new Start(System.nanoTime(), Thread.currentThread().threadId()));
  }

  @Override
  public void finished(Event event, Duration elapsed, @Nullable Throwable problem) {
    Long asked = scheduled.remove(event);
    Start start = running.remove(event);
    if (start == null) {
      return; // It failed or was cancelled before it started.
    }
    long begin = start.nanoseconds();
    long end = System.nanoTime();
    String args = args(event, asked == null ? 0 : begin - asked, problem);
    if (start.thread() == Thread.currentThread().threadId()) {
      write(event, begin, "\"ph\":\"X\",\"dur\":" + microseconds(end - begin) + "," + args);
    } else {
      String id = "\"id\":\"" + event.phase() + event.sequence() + "-" + event.run() + "\",";
      write(event, begin, "\"ph\":\"b\"," + id + args);
      write(event, end, "\"ph\":\"e\"," + id + args);
    }
  }

  @Override
  public void accumulated(Event event) {
    write(event, System.nanoTime(), "\"ph\":\"i\",\"s\":\"t\"," + args(event, 0, null));
  }

  /**
   * Ends the file. Further calls do nothing.
   *
   * @throws IOException if the trace could not be written, then or earlier
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      if (failure == null) {
        threads.forEach(this::nameThread);
        out.write(separator.equals("[\n") ? "[]\n" : "\n]\n");
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static String args(Event event, long waited, @Nullable Throwable problem) {
    String failed = problem == null ? "" : ",\"failed\":" + quoted(problem.toString());
    return "\"args\":{\"call\":%d,\"run\":%d,\"waited_us\":%s%s}"
        .formatted(event.sequence(), event.run(), microseconds(waited), failed);
  }

  private synchronized void write(Event event, long nanoseconds, String what) {
    if (closed) {
      return;
    }
    Thread thread = Thread.currentThread();
    threads.putIfAbsent(thread.threadId(), thread.getName());
    put(
        "{\"name\":%s,\"cat\":\"%s\",\"pid\":1,\"tid\":%d,\"ts\":%s,%s}"
            .formatted(
                quoted(event.name()),
                event.phase(),
                thread.threadId(),
                microseconds(nanoseconds - origin),
                what));
  }

  private void nameThread(long id, String name) {
    put(
        "{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":1,\"tid\":%d,\"args\":{\"name\":%s}}"
            .formatted(id, quoted(name.isEmpty() ? "virtual " + id : name)));
  }

  /** Writes an event; the first failure ends the trace and waits for {@link #close}. */
  private void put(String event) {
    if (failure != null) {
      return;
    }
    try {
      out.write(separator);
      out.write(event);
      separator = ",\n";
    } catch (IOException full) {
      failure = full;
    }
  }

  private static String microseconds(long nanoseconds) {
    return BigDecimal.valueOf(nanoseconds, 3).toPlainString();
  }

  private static String quoted(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", " ");
    return '"' + safe.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
