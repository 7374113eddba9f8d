package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Public methods return {@code CompletionStage} (or a handle that has one and can {@code join});
 * completing it from outside must not be possible. Waiting on an engine thread for work of the same
 * engine is either safe or an error that says so, never a deadlock. Bad arguments throw at once
 * (null, wrong arity, wrong engine); every later failure arrives through the stage. Never the
 * common pool. Blocking inside an operator is allowed and does not starve the engine. Cancelling a
 * dependent stage does not reach its source.
 */
class AsyncRulesTest {

  private final Stride stride = Engines.engine();
  private final GatedOperator gate = GatedOperator.inForward();

  @AfterEach
  void close() {
    stride.close();
  }

  private static void tryToComplete(java.util.concurrent.CompletionStage<Double> stage) {
    if (stage instanceof CompletableFuture<Double> future) {
      try {
        future.complete(777.0);
      } catch (UnsupportedOperationException e) {
        assertThat(e).isNotNull();
      }
    }
    CompletableFuture<Double> view;
    try {
      view = stage.toCompletableFuture();
    } catch (UnsupportedOperationException e) {
      return;
    }
    view.complete(777.0);
    view.obtrudeValue(778.0);
    view.cancel(true);
  }

  @Test
  void value_cannot_be_completed_or_cancelled_from_outside() {
    Variable<Double> y = gate.call(stride.parameter(3.0));
    tryToComplete(y.value());
    assertThat(y.isDone()).isFalse();
    gate.passForward();

    assertThat(Waiting.on(y.value())).isEqualTo(3.0);
    tryToComplete(y.value());
    assertThat(y.get()).isEqualTo(3.0);
    assertThat(Waiting.on(Doubles.square().call(y).value())).isEqualTo(9.0);
  }

  @Test
  void run_cannot_be_completed_from_outside() {
    GatedOperator adjoint = GatedOperator.inAdjoint();
    Variable<Double> x = stride.parameter(3.0);
    Run<RunStatistics> run = adjoint.call(x).adjoint();
    GatedOperator.Pending<?, Gradients> pending = adjoint.nextAdjoint();
    CompletableFuture<RunStatistics> view = run.stage().toCompletableFuture();
    view.cancel(true);
    assertThat(run.isDone()).isFalse();
    pending.complete(Gradients.of(5.0));

    assertThat(Waiting.on(run).visited()).isEqualTo(2);
    assertThat(x.grad()).isEqualTo(5.0);
  }

  @Test
  void cancelling_a_dependent_stage_does_not_reach_the_variable() {
    Variable<Double> y = gate.call(stride.parameter(3.0));
    y.value().thenApply(v -> v + 1).toCompletableFuture().cancel(true);
    gate.passForward();
    assertThat(Waiting.on(y.value())).isEqualTo(3.0);
  }

  @Test
  void waiting_inside_an_operator_for_its_own_engine_is_safe_or_an_error() {
    try (Stride one = Engines.builder().threads(1).build()) {
      Variable<Double> x = one.parameter(2.0);
      LambdaOperator<Double> nested =
          LambdaOperator.of(
              Doubles.unary("test.nested"),
              call -> Outputs.of(Doubles.square().call(x).get() + Doubles.x(call)),
              call -> Gradients.of(Doubles.dy(call)));
      assertSafeOrAnError(nested.call(x), 6.0);
    }
  }

  @Test
  void waiting_inside_a_loss_of_accumulate_is_safe_or_an_error() {
    try (Stride one = Engines.builder().threads(1).build()) {
      Variable<Double> x = one.parameter(2.0);
      Run<List<Double>> run =
          one.accumulate(
              List.of(1, 2, 3),
              2,
              item -> {
                double value = Doubles.square().call(x).get();
                return Doubles.multiply().call(x, value);
              });
      try {
        assertThat(Waiting.on(run)).containsExactly(8.0, 8.0, 8.0);
      } catch (OperatorException | IllegalStateException e) {
        assertThat(e).hasStackTraceContaining("thread of the engine");
      }
    }
  }

  @Test
  void waiting_for_a_run_inside_an_operator_is_safe_or_an_error() {
    try (Stride one = Engines.builder().threads(1).build()) {
      Variable<Double> x = one.parameter(2.0);
      LambdaOperator<Double> nested =
          LambdaOperator.of(
              Doubles.unary("test.nested"),
              call -> {
                Doubles.square().call(x).adjoint().join();
                return Outputs.of(Doubles.x(call));
              },
              call -> Gradients.of(Doubles.dy(call)));
      assertSafeOrAnError(nested.call(x), 2.0);
    }
  }

  private static void assertSafeOrAnError(Variable<Double> y, double expected) {
    try {
      assertThat(Waiting.on(y.value())).isEqualTo(expected);
    } catch (OperatorException e) {
      assertThat(e.getCause()).isInstanceOf(IllegalStateException.class);
      assertThat(e.getCause()).hasMessageContaining("thread");
    }
  }

  @Test
  void waiting_in_a_callback_is_safe_or_an_error() {
    try (Stride one = Engines.builder().threads(1).build()) {
      Variable<Double> x = one.parameter(2.0);
      Variable<Double> y = Doubles.square().call(gate.call(x));
      CompletableFuture<Object> outcome = new CompletableFuture<>();
      y.value()
          .thenAccept(v -> {
            try {
              outcome.complete(Doubles.square().call(x).get());
            } catch (IllegalStateException e) {
              outcome.complete(e);
            } catch (Throwable e) {
              outcome.completeExceptionally(e);
            }
          });
      gate.passForward();
      assertThat(Waiting.on(outcome)).isInstanceOfAny(Double.class, IllegalStateException.class);
    }
  }

  @Test
  void bad_arguments_throw_at_once() {
    Variable<Double> x = stride.parameter(3.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Doubles.add().call(x, null))
        .withMessageContaining("null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Doubles.add().call(x))
        .withMessageContaining("test.number.add")
        .withMessageContaining("b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Doubles.add().call(x, x, x))
        .withMessageContaining("test.number.add")
        .withMessageContaining("3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Doubles.square().call(Arguments.of().with("nope", x)))
        .withMessageContaining("nope")
        .withMessageContaining("x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Doubles.square().call(Arguments.of(x).with("x", x)))
        .withMessageContaining("x");
  }

  @Test
  void argument_of_the_wrong_type_throws_at_once_when_its_value_is_there() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensors.square().call(stride.variable("text")))
        .withMessageContaining("test.square")
        .withMessageContaining("x")
        .withMessageContaining("String");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stride.bind(Doubles.square()).call("text"))
        .withMessageContaining("String");
  }

  @Test
  void null_where_the_api_takes_objects_throws_at_once() {
    assertThatThrownBy(() -> stride.bind(null))
        .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
    assertThatThrownBy(() -> stride.variable(null))
        .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
  }

  @Test
  void accumulate_checks_its_arguments_at_once() {
    Variable<Double> x = stride.parameter(3.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stride.accumulate(List.of(1), 0, item -> Doubles.square().call(x)))
        .withMessageContaining("0");
    assertThat(Waiting.on(stride.accumulate(List.<Integer>of(), 1, i -> Doubles.square().call(x))))
        .isEmpty();
    assertThat(x.grad()).isNull();
  }

  @Test
  void accumulate_keeps_at_most_as_many_graphs_alive_as_asked_for() {
    java.util.concurrent.atomic.AtomicInteger alive =
        new java.util.concurrent.atomic.AtomicInteger();
    java.util.concurrent.atomic.AtomicInteger most =
        new java.util.concurrent.atomic.AtomicInteger();
    LambdaOperator<Double> counting =
        LambdaOperator.of(
            Doubles.unary("test.counting"),
            call -> {
              most.accumulateAndGet(alive.incrementAndGet(), Math::max);
              return Outputs.of(Doubles.x(call));
            },
            call -> {
              alive.decrementAndGet();
              return Gradients.of(Doubles.dy(call));
            });
    Variable<Double> x = stride.parameter(3.0);
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      items.add(i);
    }
    Waiting.on(stride.accumulate(items, 2, item -> counting.call(x)));

    assertThat(most.get()).isBetween(1, 2);
    assertThat(x.grad()).isEqualTo(60.0);
  }

  @Test
  void later_failures_arrive_through_the_stage() {
    Variable<Double> pending = gate.call(stride.parameter(3.0));
    Variable<Double> y = Doubles.square().call(pending);
    Run<RunStatistics> run = y.adjoint();
    gate.nextForward().fail(new IllegalStateException("late"));

    assertThat(Waiting.failureOf(y.value())).hasRootCauseMessage("late");
    assertThat(Waiting.failureOf(run.stage())).hasRootCauseMessage("late");
    assertThatThrownBy(run::join).isInstanceOf(OperatorException.class);
  }

  @Test
  void waiting_user_thread_that_is_interrupted_gets_its_value_and_stays_interrupted() {
    Variable<Double> y = gate.call(stride.parameter(3.0));
    CompletableFuture<List<Object>> seen = new CompletableFuture<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                seen.complete(List.of(y.get(), Thread.currentThread().isInterrupted()));
              } catch (Throwable e) {
                seen.completeExceptionally(e);
              }
            });
    Waiting.until(() ->
        waiting.getState() == Thread.State.WAITING
            || waiting.getState() == Thread.State.TIMED_WAITING);
    waiting.interrupt();
    gate.passForward();
    assertThat(Waiting.on(seen)).containsExactly(3.0, true);
  }

  @Test
  void nothing_runs_on_the_common_pool() {
    List<Thread> threads = java.util.Collections.synchronizedList(new ArrayList<>());
    Variable<Double> x = stride.parameter(3.0);
    LambdaOperator<Double> watching =
        LambdaOperator.of(
            Doubles.unary("test.watching"),
            call -> {
              threads.add(Thread.currentThread());
              call.parallel().run(8, chunk -> threads.add(Thread.currentThread()));
              return Outputs.of(Doubles.x(call));
            },
            call -> {
              threads.add(Thread.currentThread());
              return Gradients.of(Doubles.dy(call));
            });
    Waiting.on(watching.call(watching.call(x)).adjoint());

    assertThat(threads)
        .hasSize(20)
        .noneMatch(t ->
            t instanceof ForkJoinWorkerThread worker
                && worker.getPool() == ForkJoinPool.commonPool());
  }

  @Test
  void blocking_inside_an_operator_does_not_starve_a_service_that_completes_it() {
    try (Stride one = Engines.builder().threads(1).build()) {
      Variable<Double> x = one.parameter(2.0);
      CompletableFuture<Double> service = new CompletableFuture<>();
      LambdaOperator<Double> waiting =
          Doubles.function("test.waiting", v -> Waiting.on(service), v -> 1)
              .weighing(dev.stride.api.Weight.BLOCKING);
      Variable<Double> y = waiting.call(x);
      Doubles.function("test.serving", v -> service.complete(v * 21) ? v : -1, v -> 1).call(x);
      assertThat(Waiting.on(y.value())).isEqualTo(42.0);
    }
  }

  @Test
  void tensor_values_cross_threads_whole() {
    Variable<Tensor> x = stride.parameter(Tensor.random(1000));
    for (int i = 0; i < 200; i++) {
      assertThat(Waiting.on(Tensors.square().call(x).value()).min()).isNotNegative();
    }
  }
}
