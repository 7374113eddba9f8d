package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E19. Every failure carries: operator name, pack, phase, port, shapes, the path to the root, and
 * the call site in user code (captured for operators that are not CHEAP; for those in call-site
 * mode, which the error names); cause kept, siblings suppressed. First failure wins; the rest of
 * the run stops. Downstream variables fail with the same cause.
 */
class E19FailuresTest {

  private final Stride stride = Engines.engine();
  private final IllegalStateException boom = new IllegalStateException("boom");

  @AfterEach
  void close() {
    stride.close();
  }

  private LambdaOperator<Tensor> failingForward() {
    return Tensors.withForward(
        "test.failing",
        call -> {
          throw boom;
        });
  }

  private LambdaOperator<Tensor> failingAdjoint() {
    return Tensors.withAdjoint(
        "test.failing",
        call -> {
          throw boom;
        });
  }

  private static OperatorException operatorException(Throwable failure) {
    assertThat(failure).isInstanceOf(OperatorException.class);
    return (OperatorException) failure;
  }

  @Test
  void failure_of_a_forward_says_what_and_where() {
    Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2, 3));
    OperatorException failure =
        operatorException(Waiting.failureOf(failingForward().call(x).value()));

    assertThat(failure.failure().operator()).isEqualTo("test.failing");
    assertThat(failure.failure().pack()).isEqualTo("user");
    assertThat(failure.failure().phase()).isEqualTo(Phase.FORWARD);
    assertThat(failure.failure().inputs()).contains("x").contains("[3]").contains("float32");
    assertThat(failure.failure().callSite())
        .contains("E19FailuresTest")
        .contains("failure_of_a_forward_says_what_and_where")
        .contains("E19FailuresTest.java");
    assertThat(failure).hasCause(boom).hasMessageContaining("boom");
    assertThat(failure.getCause()).isSameAs(boom);
  }

  @Test
  void failure_of_an_adjoint_says_the_path_to_the_root() {
    Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2, 3));
    Variable<Tensor> y =
        Tensors.sum().call(Tensors.square().call(failingAdjoint().call(Tensors.same().call(x))));
    OperatorException failure = operatorException(Waiting.failureOf(y::adjoint));

    assertThat(failure.failure().phase()).isEqualTo(Phase.ADJOINT);
    assertThat(failure.failure().path())
        .containsSubsequence("test.failing", "test.square", "stride.sum")
        .doesNotContain("test.same");
    assertThat(failure.failure().callSite())
        .contains("failure_of_an_adjoint_says_the_path_to_the_root");
    assertThat(failure.getCause()).isSameAs(boom);
  }

  @Test
  void failure_names_the_pack() {
    OperatorPack pack =
        new OperatorPack() {
          @Override
          public String id() {
            return "acme.broken";
          }

          @Override
          public void register(OperatorRegistrar registrar) {
            registrar.operator(E19FailuresTest.this::failingForward);
          }
        };
    try (Stride other = Engines.builder().pack(pack).build()) {
      Variable<Tensor> y = other.operator("test.failing").call(other.parameter(Tensor.of(1)));
      assertThat(operatorException(Waiting.failureOf(y.value())).failure().pack())
          .isEqualTo("acme.broken");
    }
  }

  @Test
  void call_site_of_a_cheap_operator_is_captured_in_call_site_mode_which_the_error_names() {
    LambdaOperator<Tensor> cheap = failingForward().weighing(Weight.CHEAP);
    OperatorException without =
        operatorException(Waiting.failureOf(cheap.call(stride.parameter(Tensor.of(1))).value()));
    assertThat(without.failure().callSite()).contains("captureCallSites");

    try (Stride mode = Engines.builder().captureCallSites().build()) {
      OperatorException with =
          operatorException(Waiting.failureOf(cheap.call(mode.parameter(Tensor.of(1))).value()));
      assertThat(with.failure().callSite()).contains("E19FailuresTest");
    }
  }

  @Test
  void call_site_of_callAll_and_of_a_bound_operator_is_the_users() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1));
    for (Throwable failure :
        java.util.List.of(
            Waiting.failureOf(failingForward().callAll(x).get(0).value()),
            Waiting.failureOf(stride.bind(failingForward()).call(x).value()))) {
      assertThat(operatorException(failure).failure().callSite()).contains("E19FailuresTest");
    }
  }

  @Test
  void downstream_variables_fail_with_the_same_failure() {
    Variable<Tensor> failed = failingForward().call(stride.parameter(Tensor.of(1)));
    Variable<Tensor> y = Tensors.square().call(Tensors.add().call(failed, Tensor.of(2)));

    assertThat(Waiting.failureOf(y.value())).isSameAs(Waiting.failureOf(failed.value()));
    assertThat(y.isDone()).isTrue();
    assertThatThrownBy(y::get).isInstanceOf(OperatorException.class).hasRootCause(boom);
    assertThat(Waiting.failureOf(() -> Tensors.sum().call(y).adjoint()))
        .isInstanceOf(OperatorException.class)
        .hasRootCause(boom);
  }

  @Test
  void operator_behind_a_failure_does_not_run() {
    AtomicInteger ran = new AtomicInteger();
    Variable<Tensor> failed = failingForward().call(stride.parameter(Tensor.of(1)));
    Variable<Tensor> y =
        Tensors.withForward(
                "test.counting",
                call -> {
                  ran.incrementAndGet();
                  return Outputs.of(call.tensor("x"));
                })
            .call(failed);
    Waiting.failureOf(y.value());
    assertThat(ran).hasValue(0);
  }

  @Test
  void first_failure_wins_later_ones_are_suppressed_and_the_rest_stops() {
    GatedOperator first = GatedOperator.inAdjoint();
    GatedOperator second = GatedOperator.inAdjoint();
    AtomicInteger later = new AtomicInteger();
    BlockingOperator<Double> behind =
        Doubles.withAdjoint(call -> {
          later.incrementAndGet();
          return Gradients.of(Doubles.dy(call));
        });
    ManualExecutor executor = new ManualExecutor();
    try (Stride manual = Engines.manual(executor)) {
      Variable<Double> x = manual.parameter(1.0);
      Run<RunStatistics> run =
          Doubles.add().call(first.call(behind.call(x)), second.call(behind.call(x))).adjoint();
      executor.runUntil(() -> first.adjointsStarted() + second.adjointsStarted() == 2);
      first.nextAdjoint().fail(new IllegalStateException("first"));
      executor.runAll();
      second.nextAdjoint().fail(new IllegalArgumentException("second"));
      executor.runUntil(run::isDone);

      Throwable failure = Waiting.failureOf(run.stage());
      assertThat(failure).hasRootCauseMessage("first");
      assertThat(failure.getSuppressed()).hasSize(1);
      assertThat(failure.getSuppressed()[0]).hasRootCauseMessage("second");
      assertThat(later).hasValue(0);
      assertThat(x.grad()).isNull();
    }
  }

  @Test
  void checked_exception_and_error_of_an_operator_are_kept_as_cause() {
    Exception checked = new java.io.IOException("disk");
    Error error = new StackOverflowError("deep");
    assertThat(
            Waiting.failureOf(
                    Tensors.withForward("test.checked", call -> sneak(checked))
                        .call(stride.parameter(Tensor.of(1)))
                        .value())
                .getCause())
        .isSameAs(checked);
    assertThat(
            Waiting.failureOf(
                    Tensors.withForward("test.error", call -> sneak(error))
                        .call(stride.parameter(Tensor.of(1)))
                        .value())
                .getCause())
        .isSameAs(error);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> Outputs sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void failure_of_an_asynchronous_operator_is_unwrapped() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> y = gate.call(stride.parameter(1.0));
    gate.nextForward().fail(new CompletionException(boom));
    assertThat(Waiting.failureOf(y.value()).getCause()).isSameAs(boom);
  }

  @Test
  void operator_that_throws_instead_of_returning_a_stage_is_reported_alike() {
    dev.stride.api.Operator<Double> throwing =
        new dev.stride.api.Operator<>() {
          @Override
          public dev.stride.api.Signature signature() {
            return Doubles.unary("test.throwing");
          }

          @Override
          public java.util.concurrent.CompletionStage<Outputs> forward(
              dev.stride.api.ForwardCall call, java.util.concurrent.Executor executor) {
            throw boom;
          }

          @Override
          public java.util.concurrent.CompletionStage<Gradients> adjoint(
              dev.stride.api.AdjointCall call, java.util.concurrent.Executor executor) {
            throw boom;
          }
        };
    Throwable failure = Waiting.failureOf(throwing.call(stride.parameter(1.0)).value());
    assertThat(operatorException(failure).failure().operator()).isEqualTo("test.throwing");
    assertThat(failure.getCause()).isSameAs(boom);
  }

  @Test
  void named_operator_is_named_in_its_failure() {
    Throwable failure =
        Waiting.failureOf(
            failingForward().named("third layer").call(stride.parameter(Tensor.of(1))).value());
    assertThat(failure).hasMessageContaining("third layer");
  }
}
