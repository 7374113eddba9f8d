package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E18. Anomaly mode finds the first operator that produced NaN or Inf (forward, seed, adjoint), and
 * names it, its call site and its inputs' ranges.
 */
class E18AnomaliesTest {

  private static final AdjointOptions DETECT = AdjointOptions.defaults().detectingAnomalies();

  private final Stride strict = Engines.builder().detectAnomalies().build();
  private final Stride stride = Engines.engine();

  private final LambdaOperator<Tensor> log =
      LambdaOperator.of(
          Tensors.unary("test.log").build(),
          call -> Outputs.of(call.tensor("x").map(Math::log)),
          call -> Gradients.of(call.cotangent().div(call.tensor("x"))));

  @AfterEach
  void close() {
    strict.close();
    stride.close();
  }

  @Test
  void nan_of_a_forward_names_the_first_operator_its_call_site_and_ranges() {
    Variable<Tensor> x = strict.parameter("x", Tensor.of(-2, 3));
    Throwable failure =
        Waiting.failureOf(Tensors.square().call(Tensors.square().call(log.call(x))).value());

    assertThat(failure)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.log")
        .hasMessageContaining("NaN")
        .hasMessageContaining("[-2.0, 3.0]")
        .hasMessageContaining("E18AnomaliesTest");
    assertThat(((OperatorException) failure).failure().phase()).isEqualTo(Phase.FORWARD);
  }

  @Test
  void infinity_of_a_forward_is_found_too() {
    Throwable failure = Waiting.failureOf(log.call(strict.parameter("x", Tensor.of(0, 3))).value());
    assertThat(failure)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.log")
        .hasMessageContaining("infinite");
  }

  @Test
  void anomaly_of_a_forward_is_found_where_nothing_is_recorded_too() {
    assertThat(Waiting.failureOf(log.call(strict.variable(Tensor.of(-1))).value()))
        .hasMessageContaining("test.log");
  }

  @Test
  void nan_of_an_adjoint_names_the_operator_that_made_it_not_the_ones_behind() {
    LambdaOperator<Tensor> poisoning =
        Tensors.withAdjoint(
            "test.poisoning", call -> Gradients.of(call.cotangent().times(Double.NaN)));
    Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2));
    Variable<Tensor> y =
        Tensors.sum().call(Tensors.square().call(poisoning.call(Tensors.square().call(x))));
    Throwable failure = Waiting.failureOf(() -> y.adjoint(DETECT));

    assertThat(failure)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.poisoning")
        .hasMessageContaining("NaN")
        .hasMessageContaining("[1.0, 4.0]")
        .hasMessageContaining("E18AnomaliesTest");
    assertThat(((OperatorException) failure).failure().phase()).isEqualTo(Phase.ADJOINT);
    assertThat(x.grad()).isNull();
  }

  @Test
  void nan_of_a_seed_is_found_before_any_adjoint() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    Variable<Tensor> y = Tensors.square().call(x);
    assertThat(Waiting.failureOf(() -> y.adjoint(Tensor.of(Float.NaN, 1f), DETECT)))
        .hasMessageContaining("seed")
        .hasMessageContaining("NaN");
    assertThat(x.grad()).isNull();
  }

  @Test
  void engine_in_anomaly_mode_checks_every_run() {
    Variable<Tensor> x = strict.parameter(Tensor.of(1, 2));
    Variable<Tensor> y = Tensors.square().call(x);
    assertThat(Waiting.failureOf(() -> y.adjoint(Tensor.of(Float.NaN, 1f))))
        .hasMessageContaining("NaN");
  }

  @Test
  void without_the_mode_nan_passes_unmasked() {
    Variable<Tensor> x = stride.parameter(Tensor.of(-1, 2));
    Variable<Tensor> y = log.call(x);
    Waiting.on(y.adjoint(Tensor.of(Float.NaN, 1f)));

    assertThat(y.get().at(0)).isNaN();
    assertThat(x.grad()).isEqualTo(Tensor.of(Float.NaN, 0.5f));
  }

  @Test
  void finite_runs_pass_in_the_mode() {
    Variable<Tensor> x = strict.parameter(Tensor.of(1, 2));
    Waiting.on(Tensors.sum().call(Tensors.square().call(x)).adjoint(DETECT));
    assertThat(x.grad()).isEqualTo(Tensor.of(2, 4));
  }
}
