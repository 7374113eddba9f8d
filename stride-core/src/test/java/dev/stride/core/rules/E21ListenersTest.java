package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Graph;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.EngineListener;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.RecordingListener;
import dev.stride.core.fixtures.RecordingListener.Seen;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * E21. Listeners (an SPI) see: node scheduled, started, finished, gradient accumulated, released.
 * JFR events come with the box. {@code Graph} exports text, DOT and JSON with shapes, bytes and
 * times.
 */
class E21ListenersTest {

  private final RecordingListener listener = new RecordingListener();

  @Test
  void listener_sees_a_call_and_a_run_in_order() {
    try (Stride stride = Engines.builder().listener(listener).build()) {
      Variable<Double> x = stride.parameter("x", 3.0);
      Variable<Double> y = Doubles.square().call(x);
      Waiting.on(y.value());
      Waiting.on(y.adjoint());
      Waiting.until(() -> listener.of("released", Phase.ADJOINT).size() == 1);
    }
    assertThat(listener.texts())
        .containsSubsequence(
            "scheduled forward test.number.square",
            "started forward test.number.square",
            "finished forward test.number.square",
            "started adjoint test.number.square",
            "finished adjoint test.number.square",
            "accumulated accumulate x");
    assertThat(listener.texts()).contains("scheduled adjoint test.number.square");
    assertThat(listener.texts()).contains("released adjoint test.number.square");
  }

  @Test
  void events_tell_calls_and_runs_apart() {
    try (Stride stride = Engines.builder().listener(listener).build()) {
      Variable<Double> x = stride.parameter("x", 3.0);
      for (int i = 0; i < 2; i++) {
        Waiting.on(Doubles.square().call(x).adjoint());
      }
    }
    List<Seen> forwards = listener.of("started", Phase.FORWARD);
    List<Seen> adjoints = listener.of("started", Phase.ADJOINT);

    assertThat(forwards).extracting(s -> s.event().run()).containsExactly(0L, 0L);
    assertThat(forwards).extracting(s -> s.event().sequence()).doesNotHaveDuplicates();
    assertThat(adjoints)
        .extracting(s -> s.event().sequence())
        .containsExactlyElementsOf(forwards.stream().map(s -> s.event().sequence()).toList());
    assertThat(adjoints)
        .extracting(s -> s.event().run())
        .doesNotHaveDuplicates()
        .allMatch(r -> r > 0);
  }

  @Test
  void finished_has_the_time_and_the_failure() {
    IllegalStateException boom = new IllegalStateException("boom");
    try (Stride stride = Engines.builder().listener(listener).build()) {
      Waiting.on(Doubles.square().call(stride.parameter(3.0)).value());
      Waiting.failureOf(Doubles.failing(boom).call(stride.parameter(3.0)).value());
    }
    List<Seen> finished = listener.of("finished", Phase.FORWARD);

    assertThat(finished).allMatch(s -> s.elapsed() != null && !s.elapsed().isNegative());
    assertThat(finished.get(0).failure()).isNull();
    assertThat(finished.get(1).failure()).isNotNull().hasStackTraceContaining("boom");
  }

  @Test
  void listener_that_throws_is_ignored() {
    EngineListener broken =
        new EngineListener() {
          @Override
          public void scheduled(Event event) {
            throw new IllegalStateException("listener");
          }

          @Override
          public void started(Event event) {
            throw new IllegalStateException("listener");
          }

          @Override
          public void finished(Event event, Duration elapsed, @Nullable Throwable failure) {
            throw new IllegalStateException("listener");
          }

          @Override
          public void accumulated(Event event) {
            throw new IllegalStateException("listener");
          }

          @Override
          public void released(Event event) {
            throw new IllegalStateException("listener");
          }
        };
    try (Stride stride = Engines.builder().listener(broken).listener(listener).build()) {
      Variable<Double> x = stride.parameter("x", 3.0);
      Waiting.on(Doubles.square().call(x).adjoint());
      assertThat(x.grad()).isEqualTo(6.0);
    }
    assertThat(listener.texts()).contains("accumulated accumulate x");
  }

  @Test
  void flight_recorder_sees_operators_and_runs(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("stride.jfr");
    try (Recording recording = new Recording();
        Stride stride = Engines.engine()) {
      recording.enable("dev.stride.*");
      for (jdk.jfr.EventType type : jdk.jfr.FlightRecorder.getFlightRecorder().getEventTypes()) {
        if (type.getName().startsWith("dev.stride")) {
          recording.enable(type.getName()).withoutThreshold();
        }
      }
      recording.start();
      Waiting.on(Doubles.square().call(stride.parameter(3.0)).adjoint());
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getEventType().getName().startsWith("dev.stride"))
            .toList();
    assertThat(events).isNotEmpty();
    assertThat(events.toString()).contains("test.number.square");
  }

  @Test
  void graph_exports_shapes_bytes_and_times() {
    BlockingOperator<Tensor> saving =
        LambdaOperator.of(
            Tensors.unary("test.saving").build(),
            call ->
                Outputs.of(call.tensor("x"))
                    .saving(new CountedSaved(0, 12_345, new CountedSaved.Log())),
            call -> Gradients.of(call.cotangent()));
    try (Stride stride = Engines.engine()) {
      Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2, 3));
      Variable<Tensor> y = Tensors.square().call(saving.call(x));
      Waiting.on(y.value());
      Graph graph = y.graph();

      assertThat(graph.print()).contains("test.square").contains("test.saving").contains("[3]");
      assertThat(graph.dot())
          .startsWith("digraph")
          .contains("test.saving")
          .contains("[3]")
          .contains("12.1 KiB saved")
          .contains("n0 -> n1");
      assertThat(graph.json())
          .contains("\"saved_bytes\": 12345")
          .contains("\"kept_bytes\": 12")
          .contains("\"nanoseconds\"")
          .contains("[3]");
      assertThat(graph.nodes())
          .filteredOn(node -> node.operator() != null)
          .allMatch(node -> node.details().elapsed().toNanos() > 0)
          .allMatch(node -> node.details().state().equals("ready"));
    }
  }

  @Test
  void graph_tells_what_was_released() {
    try (Stride stride = Engines.engine()) {
      Variable<Double> y = Doubles.square().call(stride.parameter("x", 3.0));
      Waiting.on(y.adjoint(AdjointOptions.defaults().retaining()));
      assertThat(y.graph().root().details().state()).isNotEqualTo("released");
      Waiting.on(y.adjoint());
      assertThat(y.graph().root().details().state()).isEqualTo("released");
    }
  }
}
