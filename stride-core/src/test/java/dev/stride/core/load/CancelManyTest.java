package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Saved;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * E3, E10. Cancelling a run with ten thousand adjoints to come stops it there: none of them starts,
 * and what each saved is closed once.
 */
class CancelManyTest {

  private static final int NODES = 10_000;
  private static final int STARTED = 3;

  private final ManualExecutor executor = new ManualExecutor();
  private final Stride stride = Engines.manual(executor);
  private final Variable<Double> x = stride.parameter("x", 1.0);
  private final List<State> states = new ArrayList<>();
  private int adjoints;
  private Runnable onAdjoint = () -> {};

  private final LambdaOperator<Double> saving =
      LambdaOperator.of(
          Doubles.unary("test.saving"),
          call -> Outputs.of(Doubles.x(call)).saving(state()),
          call -> {
            adjoints++;
            onAdjoint.run();
            return Gradients.of(Doubles.dy(call));
          });

  @AfterEach
  void close() {
    stride.close();
  }

  /** Where the adjoints that are to come wait. */
  private enum Form {
    /** Each for the one before it. */
    CHAIN((operator, x) -> {
      Variable<Double> y = x;
      for (int i = 0; i < NODES; i++) {
        y = operator.call(y);
      }
      return y;
    }),
    /** All of them for a thread. */
    FAN((operator, x) -> {
      List<Variable<Double>> all = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        all.add(operator.call(x));
      }
      return Doubles.sum().call((Object) all);
    });

    private final BiFunction<Operator<Double>, Variable<Double>, Variable<Double>> build;

    Form(BiFunction<Operator<Double>, Variable<Double>, Variable<Double>> build) {
      this.build = build;
    }
  }

  /** Counts how often it is closed. */
  private static final class State implements Saved {
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public long bytes() {
      return Double.BYTES;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private State state() {
    State state = new State();
    states.add(state);
    return state;
  }

  private Variable<Double> graph(Form form) {
    Variable<Double> root = form.build.apply(saving, x);
    executor.runAll();
    assertThat(root.isDone()).isTrue();
    assertThat(states).hasSize(NODES).allMatch(state -> state.closed.get() == 0);
    return root;
  }

  /** A chain goes on within one task; only a fan lets the test in between. */
  @Test
  void run_that_is_cancelled_between_two_adjoints_starts_no_other() {
    Run<RunStatistics> run = graph(Form.FAN).adjoint();
    executor.runUntil(() -> adjoints == STARTED);

    assertThat(run.cancel()).isTrue();
    executor.runAll();
    assertStoppedAt(run, STARTED);
  }

  @Test
  void run_that_is_cancelled_ends_at_once_whatever_is_left_in_the_queue_of_an_executor() {
    Run<RunStatistics> run = graph(Form.FAN).adjoint();
    executor.runUntil(() -> adjoints == STARTED);

    assertThat(run.cancel()).isTrue();
    assertThat(executor.pending()).isEqualTo(NODES - STARTED);
    assertThat(run.isDone()).isTrue();
    executor.runAll();
    assertStoppedAt(run, STARTED);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void run_that_an_adjoint_cancels_ends_with_that_adjoint(Form form) {
    Variable<Double> root = graph(form);
    List<Run<RunStatistics>> started = new ArrayList<>();
    onAdjoint =
        () -> {
          if (adjoints == STARTED) {
            assertThat(started.getFirst().cancel()).isTrue();
          }
        };
    started.add(root.adjoint());
    executor.runAll();
    assertStoppedAt(started.getFirst(), STARTED);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void run_that_is_cancelled_before_its_first_adjoint_starts_none(Form form) {
    Run<RunStatistics> run = graph(form).adjoint();

    assertThat(run.cancel()).isTrue();
    executor.runAll();
    assertStoppedAt(run, 0);
  }

  private void assertStoppedAt(Run<RunStatistics> run, int expected) {
    assertThat(run.isDone()).isTrue();
    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(RunCancelledException.class);
    assertThat(adjoints).isEqualTo(expected);
    assertThat(x.grad()).isNull();
    assertThat(states).hasSize(NODES).allMatch(state -> state.closed.get() == 1);
    stride.close();
    assertThat(states).allMatch(state -> state.closed.get() == 1);
  }
}
