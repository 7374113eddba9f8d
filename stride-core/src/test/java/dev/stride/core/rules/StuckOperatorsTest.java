package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.api.spi.EngineListener;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * E3, E10. What blocks for ever holds up nobody: its run ends when it was stopped and patience is
 * over, names what it left behind, and changes no leaf.
 */
class StuckOperatorsTest {

  private static final AdjointOptions HURRIED =
      AdjointOptions.defaults().within(Duration.ofMillis(20));

  private final Stride stride = Engines.builder().closeTimeout(Duration.ofMillis(20)).build();
  private final Variable<Double> x = stride.parameter("x", 3.0);
  private final CountDownLatch blocks = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    never.countDown();
    stride.close();
  }

  /** Waits for the end of the test, whoever interrupts it. */
  private void block() {
    blocks.countDown();
    boolean waits = true;
    while (waits) {
      try {
        never.await();
        waits = false;
      } catch (InterruptedException deaf) {
        // goes on waiting
      }
    }
  }

  private LambdaOperator<Double> stuckInAdjoint() {
    return Doubles.function(
        "test.stuck",
        v -> v,
        v -> {
          block();
          return 1;
        });
  }

  @ParameterizedTest
  @EnumSource(Weight.class)
  void adjoint_that_blocks_for_ever_is_left_behind_and_named(Weight weight) {
    Variable<Double> y = Doubles.twice().call(stuckInAdjoint().weighing(weight).call(x));
    Run<RunStatistics> run = y.adjoint();
    Waiting.on(blocks);
    run.cancel();

    assertThat(Waiting.failureOf(run.stage()))
        .isInstanceOf(RunCancelledException.class)
        .hasMessageContainingAll("was cancelled", "test.stuck");
    assertThat(x.grad()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Weight.class,
      names = {"COMPUTE", "BLOCKING"})
  void forward_that_blocks_for_ever_holds_up_neither_run_nor_close(Weight weight) {
    LambdaOperator<Double> stuck =
        Doubles.function(
                "test.stuck",
                v -> {
                  block();
                  return v;
                },
                v -> 1)
            .weighing(weight);
    Variable<Double> y = stuck.call(x);
    assertThat(Waiting.failureOf(() -> y.adjoint(HURRIED))).hasMessageContaining("deadline");

    stride.close();
    assertThat(Waiting.failureOf(y.value())).hasMessageContaining("test.stuck");
  }

  @Test
  void loss_of_accumulate_that_never_returns_is_left_behind_and_named() {
    Run<List<Double>> run =
        stride.accumulate(
            List.of(1, 2, 3),
            3,
            item -> {
              if (item == 2) {
                block();
              }
              return Doubles.square().call(x);
            });

    Waiting.on(blocks);
    run.cancel();

    assertThat(Waiting.failureOf(run.stage()))
        .isInstanceOf(RunCancelledException.class)
        .hasMessageContainingAll("was cancelled", "the loss of item 1");
    assertThat(x.grad()).isNull();
  }

  @Test
  void accumulate_that_has_begun_to_publish_is_not_given_up_by_a_close_without_patience() {
    EngineListener slow =
        new EngineListener() {
          @Override
          public void accumulated(Event event) {
            blocks.countDown();
            Waiting.untilInterrupted();
          }
        };
    try (Stride hasty = Engines.builder().closeTimeout(Duration.ZERO).listener(slow).build()) {
      Variable<Double> p = hasty.parameter(3.0);
      Run<List<Double>> run = hasty.accumulate(List.of(1), 1, item -> Doubles.identity().call(p));
      Waiting.on(blocks);
      hasty.close(); // Ends its threads last, and so the waiting.

      assertThat(Waiting.on(run)).containsExactly(3.0);
      assertThat(p.grad()).isEqualTo(1.0);
    }
  }

  @Test
  void operator_does_not_start_once_its_run_is_cancelled_on_another_thread() {
    AtomicInteger started = new AtomicInteger();
    LambdaOperator<Double> counted =
        Doubles.function("test.counted", v -> v, v -> started.incrementAndGet());
    AtomicReference<Run<RunStatistics>> run = new AtomicReference<>();
    ManualExecutor executor = new ManualExecutor();
    try (Stride manual = Engines.manual(executor)) {
      Variable<Double> p = manual.parameter(1.0);
      Variable<Double> y = Doubles.average().call(counted.call(p), counted.call(p));
      executor.runAll();
      run.set(y.adjoint());
      executor.whenGiven(() -> run.get().cancel());
      executor.runUntil(run.get()::isDone);

      assertThat(started).hasValue(0);
      assertThat(Waiting.failureOf(run.get().stage())).isInstanceOf(RunCancelledException.class);
    }
  }

  @Test
  void interruption_that_an_operator_leaves_behind_does_not_reach_the_next_one() {
    AtomicInteger interrupted = new AtomicInteger();
    LambdaOperator<Double> watching =
        LambdaOperator.of(
            Doubles.unary("test.watching"),
            call -> {
              interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
              return Outputs.of(Doubles.x(call));
            },
            call -> {
              interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
              return Gradients.of(Doubles.dy(call));
            });
    LambdaOperator<Double> interrupting =
        LambdaOperator.of(
            Doubles.unary("test.interrupting"),
            call -> {
              Thread.currentThread().interrupt();
              return Outputs.of(Doubles.x(call));
            },
            call -> {
              Thread.currentThread().interrupt();
              return Gradients.of(Doubles.dy(call));
            });
    Variable<Double> y = x;
    for (int i = 0; i < 10; i++) {
      y = watching.weighing(Weight.CHEAP).call(interrupting.call(watching.call(y)));
    }
    Waiting.on(y.adjoint());

    assertThat(interrupted).hasValue(0);
    assertThat(x.grad()).isEqualTo(1.0);
  }
}
