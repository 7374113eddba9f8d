package dev.stride.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Phase;
import dev.stride.api.Variable;
import dev.stride.api.spi.EngineListener.Event;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Waiting;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromeTraceTest {

  private static final Event CALL = new Event(Phase.FORWARD, "say \"x\"\\\n", 7, 0);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("trace.json");
  }

  private List<String> events() throws IOException {
    List<String> lines = Files.readAllLines(file());
    assertThat(lines.getFirst()).isEqualTo("[");
    assertThat(lines.getLast()).isEqualTo("]");
    return lines.subList(1, lines.size() - 1);
  }

  @Test
  void run_has_a_bar_for_each_forward_and_adjoint_and_a_mark_for_the_leaf() throws IOException {
    try (ChromeTrace trace = ChromeTrace.to(file());
        Stride stride = Engines.builder().listener(trace).build()) {
      Variable<Double> x = stride.parameter("x", 3.0);
      Waiting.on(Doubles.square().call(x).adjoint());
    }
    List<String> events = events();
    assertThat(events)
        .filteredOn(line -> line.contains("\"ph\":\"X\""))
        .hasSize(2)
        .allMatch(line -> line.contains("\"name\":\"test.number.square\""))
        .anyMatch(line -> line.contains("\"cat\":\"FORWARD\"") && line.contains("\"run\":0"))
        .anyMatch(line -> line.contains("\"cat\":\"ADJOINT\"") && !line.contains("\"run\":0"));
    assertThat(events)
        .filteredOn(line -> line.contains("\"ph\":\"i\""))
        .singleElement()
        .asString()
        .contains("\"name\":\"x\"", "\"cat\":\"ACCUMULATE\"");
    assertThat(events).anyMatch(line -> line.contains("thread_name"));
  }

  @Test
  void trace_of_one_run_sees_that_run_only() throws IOException {
    try (ChromeTrace trace = ChromeTrace.to(file());
        Stride stride = Engines.engine()) {
      Variable<Double> y = Doubles.square().call(stride.parameter("x", 3.0));
      Waiting.on(y.adjoint(AdjointOptions.defaults().retaining()));
      Waiting.on(y.adjoint(AdjointOptions.defaults().listener(trace)));
    }
    assertThat(events())
        .filteredOn(line -> line.contains("\"ph\":\"X\""))
        .singleElement()
        .asString()
        .contains("\"cat\":\"ADJOINT\"");
  }

  @Test
  void operator_that_ends_on_another_thread_is_asynchronous() throws Exception {
    try (ChromeTrace trace = ChromeTrace.to(file())) {
      trace.scheduled(CALL);
      trace.started(CALL);
      Thread other =
          Thread.ofPlatform().start(() -> trace.finished(CALL, Duration.ofNanos(1), null));
      other.join();
    }
    assertThat(events().get(0)).contains("\"ph\":\"b\"", "\"id\":\"FORWARD7-0\"");
    assertThat(events().get(1)).contains("\"ph\":\"e\"", "\"id\":\"FORWARD7-0\"");
  }

  @Test
  void names_are_quoted_and_failures_told() throws IOException {
    try (ChromeTrace trace = ChromeTrace.to(file())) {
      trace.started(CALL);
      trace.finished(CALL, Duration.ofNanos(1), new IllegalStateException("a \"boom\""));
    }
    assertThat(events().getFirst())
        .contains("{\"name\":\"say \\\"x\\\"\\\\ \",")
        .contains("\"failed\":\"java.lang.IllegalStateException: a \\\"boom\\\"\"");
  }

  @Test
  void call_that_never_started_is_left_out() throws IOException {
    try (ChromeTrace trace = ChromeTrace.to(file())) {
      trace.scheduled(CALL);
      trace.finished(CALL, Duration.ZERO, new IllegalStateException("cancelled"));
    }
    assertThat(Files.readString(file())).isEqualTo("[]\n");
  }

  @Test
  void numbers_have_a_point_in_every_country() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try (ChromeTrace trace = ChromeTrace.to(file())) {
      trace.accumulated(CALL);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(events().getFirst()).containsPattern("\"ts\":\\d+\\.\\d{3},");
  }

  @Test
  void close_twice_and_events_after_it_do_nothing() throws IOException {
    ChromeTrace trace = ChromeTrace.to(file());
    trace.close();
    trace.accumulated(CALL);
    trace.close();
    assertThat(Files.readString(file())).isEqualTo("[]\n");
  }

  @Test
  void full_disk_is_told_at_the_end_and_not_to_the_engine() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("no space left");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    ChromeTrace trace = new ChromeTrace(new BufferedWriter(full, 1));
    trace.accumulated(CALL);
    trace.accumulated(CALL);

    assertThatIOException().isThrownBy(trace::close).withMessage("no space left");
  }

  @Test
  void folder_that_does_not_exist_is_refused() {
    assertThatIOException().isThrownBy(() -> ChromeTrace.to(folder.resolve("no/trace.json")));
  }
}
