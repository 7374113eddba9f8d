package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Golden;
import dev.stride.core.fixtures.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E12. By default the graph is released by its run (as in the seed). {@code retain} keeps it. A
 * second run on a released graph fails and names the variable, the run that released it, and {@code
 * retain}.
 */
class E12ReleaseTest {

  private static final AdjointOptions RETAIN = AdjointOptions.defaults().retaining();

  private final Stride stride = Engines.engine();
  private final Variable<Double> x = stride.parameter("x", 3.0);

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void second_run_fails_and_names_the_variable_the_run_and_retain() {
    Variable<Double> y = Doubles.square().call(x);
    Waiting.on(y.adjoint());
    Throwable failure = Waiting.failureOf(y::adjoint);

    assertThat(failure)
        .hasMessageContaining(y.name())
        .hasMessageContaining("run")
        .hasMessageContaining("retain");
    Golden.assertMatches("graph-released", failure);
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void retained_graph_runs_again_and_accumulates() {
    Variable<Double> y = Doubles.square().call(x);
    Waiting.on(y.adjoint(RETAIN));
    Waiting.on(y.adjoint(RETAIN));
    Waiting.on(y.adjoint());

    assertThat(x.grad()).isEqualTo(18.0);
    assertThat(Waiting.failureOf(y::adjoint)).hasMessageContaining("retain");
  }

  @Test
  void root_over_a_released_part_fails() {
    Variable<Double> shared = Doubles.square().call(x);
    Variable<Double> first = Doubles.twice().call(shared);
    Variable<Double> second = Doubles.square().call(shared);
    Waiting.on(first.adjoint());

    assertThat(Waiting.failureOf(second::adjoint)).hasMessageContaining("retain");
    assertThat(x.grad()).isEqualTo(12.0);
  }

  @Test
  void root_over_a_retained_part_runs() {
    Variable<Double> shared = Doubles.square().call(x);
    Variable<Double> first = Doubles.twice().call(shared);
    Variable<Double> second = Doubles.square().call(shared);
    Waiting.on(first.adjoint(RETAIN));
    Waiting.on(second.adjoint());

    assertThat(x.grad()).isEqualTo(12.0 + 4 * 27);
  }

  @Test
  void value_stays_readable_after_the_graph_is_released() {
    Variable<Double> y = Doubles.square().call(x);
    Waiting.on(y.adjoint());

    assertThat(y.get()).isEqualTo(9.0);
    assertThat(Doubles.twice().call(y.detach()).get()).isEqualTo(18.0);
  }

  @Test
  void call_on_an_output_of_a_released_graph_can_compute_but_not_run_back() {
    Variable<Double> y = Doubles.square().call(x);
    Waiting.on(y.adjoint());
    Variable<Double> z = Doubles.twice().call(y);

    assertThat(Waiting.on(z.value())).isEqualTo(18.0);
    assertThat(Waiting.failureOf(z::adjoint)).hasMessageContaining("retain");
  }

  @Test
  void leaf_as_root_accumulates_its_seed() {
    Waiting.on(x.adjoint(5.0));
    Waiting.on(x.adjoint());
    assertThat(x.grad()).isEqualTo(6.0);
  }
}
