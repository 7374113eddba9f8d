package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.OperatorException;
import dev.stride.api.Phase;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.FaultyOperator;
import dev.stride.core.fixtures.FaultyOperator.Fault;
import dev.stride.core.fixtures.Golden;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * E11, E14, E19. Whatever an operator does wrong ends in an exception that says what, where, with
 * what and how to mend it; no leaf changes, and the run can be repeated once the operator works.
 */
class BrokenOperatorsTest {

  private final Stride stride = Engines.builder().closeTimeout(Duration.ofMillis(50)).build();
  private final Variable<Tensor> a = stride.parameter("a", Tensor.of(1, 2, 3));
  private final Variable<Tensor> b = stride.parameter("b", Tensor.of(4, 5, 6));

  @AfterEach
  void close() {
    stride.close();
  }

  /** {@code sum(faulty(a, b) + b^2)}: the fault has a sibling and a path to the root. */
  private Variable<Tensor> loss(FaultyOperator faulty) {
    Variable<Tensor> part = faulty.call(a, b);
    return Tensors.sum().call(Tensors.add().call(part, Tensors.square().call(b)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "NEVER_COMPLETES"})
  void adjoint_that_is_broken_is_reported_and_can_be_retried(Fault fault) {
    FaultyOperator faulty = new FaultyOperator(Phase.ADJOINT, fault);
    Variable<Tensor> loss = loss(faulty);
    Throwable failure =
        Waiting.failureOf(() -> loss.adjoint(AdjointOptions.defaults().retaining()));

    assertThat(failure).isInstanceOf(OperatorException.class);
    Golden.assertMatches("adjoint-" + inWords(fault), failure);
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isNull();

    faulty.heal();
    Waiting.on(loss.adjoint());
    assertThat(a.grad()).isEqualTo(Tensor.of(1, 1, 1));
    assertThat(b.grad()).isEqualTo(Tensor.of(10, 12, 14));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "NEVER_COMPLETES", "MISSING", "WRONG_SHAPE", "UNKNOWN_PORT"})
  void forward_that_is_broken_is_reported_downstream_and_by_the_run(Fault fault) {
    Variable<Tensor> loss = loss(new FaultyOperator(Phase.FORWARD, fault));
    Throwable failure = Waiting.failureOf(loss.value());

    assertThat(failure).isInstanceOf(OperatorException.class);
    Golden.assertMatches("forward-" + inWords(fault), failure);
    assertThat(Waiting.failureOf(() -> loss.adjoint())).isSameAs(failure);
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isNull();
  }

  @Test
  void adjoint_that_never_completes_is_left_behind_and_can_be_retried() {
    FaultyOperator faulty = new FaultyOperator(Phase.ADJOINT, Fault.NEVER_COMPLETES);
    Variable<Tensor> loss = loss(faulty);
    Run<RunStatistics> run = loss.adjoint(AdjointOptions.defaults().retaining());
    Waiting.on(faulty.stuck());
    run.cancel();
    Throwable failure = Waiting.failureOf(run.stage());

    assertThat(failure).isInstanceOf(RunCancelledException.class);
    Golden.assertMatches("adjoint-never-completes", failure);
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isNull();

    faulty.heal();
    Waiting.on(loss.adjoint());
    assertThat(a.grad()).isEqualTo(Tensor.of(1, 1, 1));
  }

  @Test
  void run_whose_forward_never_completes_ends_at_its_deadline() {
    Variable<Tensor> loss = loss(new FaultyOperator(Phase.FORWARD, Fault.NEVER_COMPLETES));
    AdjointOptions hurried = AdjointOptions.defaults().within(Duration.ofMillis(50));
    Throwable failure = Waiting.failureOf(() -> loss.adjoint(hurried));

    assertThat(failure).isInstanceOf(RunCancelledException.class);
    Golden.assertMatches("forward-never-completes", failure);
    assertThat(a.grad()).isNull();
  }

  private static String inWords(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
