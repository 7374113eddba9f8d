package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stride.api.spi.EngineListener;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdjointOptionsTest {

  @Test
  void defaults_release_without_deadline_listeners_or_arguments() {
    AdjointOptions defaults = AdjointOptions.defaults();
    assertThat(defaults.retain()).isFalse();
    assertThat(defaults.detectAnomalies()).isFalse();
    assertThat(defaults.deadline()).isNull();
    assertThat(defaults.listeners()).isEmpty();
    assertThat(defaults.arguments()).isEmpty();
  }

  @Test
  void each_step_adds_one_thing_and_keeps_the_rest() {
    EngineListener listener = new EngineListener() {};
    AdjointOptions options =
        AdjointOptions.defaults()
            .retaining()
            .detectingAnomalies()
            .within(Duration.ofSeconds(5))
            .listener(listener)
            .with("a", 1)
            .with("b", 2);

    assertThat(options.retain()).isTrue();
    assertThat(options.detectAnomalies()).isTrue();
    assertThat(options.deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.listeners()).containsExactly(listener);
    assertThat(options.arguments()).isEqualTo(Map.of("a", 1, "b", 2));
    assertThat(AdjointOptions.defaults().arguments()).isEmpty();
  }

  @Test
  void deadline_must_be_positive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdjointOptions.defaults().within(Duration.ofMillis(-1)))
        .withMessageContaining("PT-0.001S");
  }

  @Test
  void device_matches_its_name_and_kind() {
    Device first = new Device("opencl:0");
    assertThat(first.kind()).isEqualTo("opencl");
    assertThat(first.matches(new Device("opencl"))).isTrue();
    assertThat(first.matches(new Device("opencl:0"))).isTrue();
    assertThat(first.matches(new Device("opencl:1"))).isFalse();
    assertThat(Device.CPU.matches(new Device("cpu"))).isTrue();
    assertThat(Device.CPU).hasToString("cpu");
    assertThatIllegalArgumentException().isThrownBy(() -> new Device(" "));
  }

  @Test
  void exceptions_carry_their_id_and_parts() {
    OperatorException.Failure failure =
        new OperatorException.Failure(
            "acme.op", "acme", Phase.ADJOINT, "x", "is wrong", "x [3]", "acme.op", "A.java:1");
    OperatorException exception = new OperatorException(failure, new IllegalStateException("why"));

    assertThat(exception.id()).isEqualTo("OperatorFailed");
    assertThat(exception.failure()).isEqualTo(failure);
    assertThat(exception)
        .hasRootCauseMessage("why")
        .hasMessage(
            """
            [Stride/OperatorFailed] acme.op: is wrong
              phase:     adjoint
              pack:      acme
              port:      x
              inputs:    x [3]
              path:      acme.op
              called at: A.java:1\
            """);
    assertThat(new RunCancelledException("deadline")).hasMessage("[Stride/Cancelled] deadline");
  }
}
