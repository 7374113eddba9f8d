package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Waiting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E3. Operators are stateless: what adjoint needs is in the call's own <b>saved</b> state, returned
 * by forward. Saved state that is {@code AutoCloseable} is closed exactly once: after its adjoint
 * in a run that releases, otherwise when the graph is released, the engine closes, or the graph
 * becomes unreachable; never while in use. An operator that ignores cancellation is abandoned and
 * named: the only leak permitted.
 */
class E03SavedStateTest {

  private final Stride stride = Engines.builder().closeTimeout(Duration.ofSeconds(10)).build();
  private final CountedSaved.Log log = new CountedSaved.Log();
  private final CountDownLatch inAdjoint = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** {@code y = x^2}, which saves x. */
  private final BlockingOperator<Double> saving =
      LambdaOperator.of(
          Doubles.unary("test.saving"),
          call ->
              Outputs.of(Doubles.x(call) * Doubles.x(call))
                  .saving(new CountedSaved(Doubles.x(call), 8, log)),
          call -> {
            CountedSaved saved = call.saved(CountedSaved.class);
            return Gradients.of(2 * saved.value() * Doubles.dy(call));
          });

  /** The same, whose adjoint stays until it is told to go on. */
  private final BlockingOperator<Double> staying =
      LambdaOperator.of(
          Doubles.unary("test.staying"),
          call -> Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 8, log)),
          call -> {
            CountedSaved saved = call.saved(CountedSaved.class);
            saved.enter();
            inAdjoint.countDown();
            Waiting.on(goOn);
            saved.leave();
            return Gradients.of(Doubles.dy(call));
          });

  @AfterEach
  void close() {
    goOn.countDown();
    stride.close();
  }

  @Test
  void adjoint_gets_what_forward_of_the_same_call_saved() {
    Variable<Double> a = stride.parameter(3.0);
    Variable<Double> b = stride.parameter(5.0);
    Variable<Double> first = saving.call(a);
    Variable<Double> second = saving.call(b);
    Waiting.on(second.adjoint());
    Waiting.on(first.adjoint());

    assertThat(a.grad()).isEqualTo(6.0);
    assertThat(b.grad()).isEqualTo(10.0);
  }

  @Test
  void saved_is_closed_once_by_a_run_that_releases() {
    Variable<Double> y = saving.call(saving.call(stride.parameter(3.0)));
    Waiting.on(y.value());
    assertThat(log.closed()).isZero();

    Waiting.on(y.adjoint());
    assertThat(log.made()).isEqualTo(2);
    assertThat(log.closed()).isEqualTo(2);

    stride.close();
    assertThat(log.closed()).isEqualTo(2);
  }

  @Test
  void saved_outlives_a_run_that_retains_and_is_closed_by_the_next_that_does_not() {
    Variable<Double> y = saving.call(stride.parameter(3.0));
    Waiting.on(y.adjoint(AdjointOptions.defaults().retaining()));
    Waiting.on(y.adjoint(AdjointOptions.defaults().retaining()));
    assertThat(log.closed()).isZero();

    Waiting.on(y.adjoint());
    assertThat(log.closed()).isEqualTo(1);
  }

  @Test
  void saved_is_closed_at_once_where_nothing_is_recorded() {
    Waiting.on(saving.call(stride.variable(3.0)).value());
    Waiting.until(() -> log.closed() == 1);
  }

  @Test
  void saved_is_closed_with_the_engine() {
    Variable<Double> y = saving.call(stride.parameter(3.0));
    Waiting.on(y.value());
    stride.close();

    assertThat(log.closed()).isEqualTo(1);
    assertThat(y.get()).isEqualTo(9.0);
  }

  @Test
  void saved_is_closed_when_the_graph_is_unreachable() {
    Variable<Double> x = stride.parameter(3.0);
    callAndForget(x);

    Waiting.collectUntil(() -> log.closed() == 2);
    assertThat(log.made()).isEqualTo(2);
    assertThat(x.get()).isEqualTo(3.0);
  }

  private void callAndForget(Variable<Double> x) {
    Waiting.on(saving.call(saving.call(x)).value());
  }

  @Test
  void saved_of_a_call_whose_output_is_held_is_not_closed_by_the_collector() {
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> y = saving.call(x);
    callAndForget(x);
    Waiting.collectUntil(() -> log.closed() == 2);

    Waiting.on(y.adjoint());
    assertThat(log.closed()).isEqualTo(3);
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void saved_is_not_closed_while_its_adjoint_runs_when_the_run_is_cancelled() {
    Variable<Double> y = staying.call(stride.parameter(3.0));
    Run<RunStatistics> run = y.adjoint();
    Waiting.on(inAdjoint);
    run.cancel();
    assertThat(log.closed()).isZero();

    goOn.countDown();
    Waiting.until(() -> log.closed() == 1);
    assertThat(log.closedInUse()).isZero();
  }

  @Test
  void saved_is_not_closed_while_its_adjoint_runs_when_the_engine_closes() {
    Variable<Double> y = staying.call(stride.parameter(3.0));
    y.adjoint();
    Waiting.on(inAdjoint);
    Thread closer = Thread.ofPlatform().start(stride::close);
    Waiting.until(() ->
        closer.getState() == Thread.State.WAITING
            || closer.getState() == Thread.State.TIMED_WAITING);
    assertThat(log.closed()).isZero();

    goOn.countDown();
    Waiting.until(() -> log.closed() == 1);
    assertThat(log.closedInUse()).isZero();
  }

  @Test
  void saved_is_closed_when_the_adjoint_fails_in_a_run_that_releases() {
    BlockingOperator<Double> failing =
        LambdaOperator.of(
            Doubles.unary("test.failing"),
            call -> Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 8, log)),
            call -> {
              throw new IllegalStateException("boom");
            });
    Variable<Double> y = failing.call(saving.call(stride.parameter(3.0)));
    Waiting.failureOf(y::adjoint);

    Waiting.until(() -> log.closed() == 2);
  }

  @Test
  void saved_is_closed_when_the_outputs_that_came_with_it_are_wrong() {
    BlockingOperator<Double> wrong =
        LambdaOperator.of(
            Doubles.unary("test.two-instead-of-one"),
            call -> Outputs.of(1.0, 2.0).saving(new CountedSaved(0, 8, log)),
            call -> Gradients.of(0.0));
    Waiting.failureOf(wrong.call(stride.parameter(3.0)).value());

    Waiting.until(() -> log.closed() == 1);
  }

  @Test
  void failure_of_close_does_not_harm_the_run() {
    AutoCloseable broken =
        () -> {
          throw new IllegalStateException("close failed");
        };
    BlockingOperator<Double> operator =
        LambdaOperator.of(
            Doubles.unary("test.broken-close"),
            call -> Outputs.of(Doubles.x(call)).saving(broken),
            call -> Gradients.of(Doubles.dy(call)));
    Variable<Double> x = stride.parameter(3.0);
    Waiting.on(operator.call(x).adjoint());

    assertThat(x.grad()).isEqualTo(1.0);
  }

  @Test
  void operator_that_ignores_cancellation_is_abandoned_and_its_saved_state_left_alone() {
    GatedOperator deaf = GatedOperator.inAdjoint();
    Stride hurried = Engines.builder().closeTimeout(Duration.ofMillis(50)).build();
    Variable<Double> y = saving.call(deaf.call(saving.call(hurried.parameter(3.0))));
    Run<RunStatistics> run = y.adjoint();
    deaf.nextAdjoint();

    hurried.close();
    assertThat(Waiting.failureOf(run.stage())).hasMessageContaining("[Stride/Cancelled]");
    assertThat(log.closed()).isEqualTo(2);
  }
}
