package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Signature;
import dev.stride.api.StrideException;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountingValue;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * E11 with a device that computes after operators have handed their work over: a run accumulates
 * when the device has computed every gradient, and into no leaf where it could not.
 */
@Timeout(60)
class E11LateValuesTest {

  private static final IllegalStateException BROKEN =
      new IllegalStateException("late:0: kernel scale of test.scaled failed.");

  private final Stride stride = Engines.engine();
  private final CountingValue.Family family = CountingValue.of(1).family();
  private final Variable<CountingValue> x = stride.parameter("x", value(3));
  private final Variable<Double> factor = stride.parameter("factor", 2.0);
  private final CompletableFuture<Boolean> device = new CompletableFuture<>();

  @AfterEach
  void close() {
    stride.close();
  }

  private CountingValue value(double number) {
    return new CountingValue(number, family);
  }

  /** A value of the device times a number of the heap. */
  private BlockingOperator<CountingValue> scaled() {
    return LambdaOperator.of(
        Signature.named("test.scaled")
            .input("x", CountingValue.class)
            .input("factor", Double.class)
            .output("y", CountingValue.class)
            .build(),
        call -> Outputs.of(value(number(call.value("x", CountingValue.class)) * factor(call))),
        call -> {
          double cotangent = number(call.cotangent("y", CountingValue.class));
          double at = number(call.value("x", CountingValue.class));
          return Gradients.of(value(cotangent * factor(call)), cotangent * at);
        });
  }

  private static double factor(OperatorCall call) {
    return call.value("factor", Double.class);
  }

  private static double number(CountingValue value) {
    return value.number();
  }

  private double gradient() {
    return number(Objects.requireNonNull(x.grad()));
  }

  private Variable<CountingValue> loss() {
    return scaled().call(x, factor);
  }

  @Test
  void failure_that_comes_after_the_adjoints_leaves_every_gradient_as_it_was() {
    Waiting.on(loss().adjoint());
    family.arriveWith(device);
    Run<RunStatistics> run = loss().adjoint();
    Waiting.until(() -> run.statistics().visited() == 3);
    assertThat(run.isDone()).isFalse();
    device.completeExceptionally(BROKEN);

    assertThat(Waiting.failureOf(run.stage()))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("gradient of variable 'x' was not computed: late:0: kernel scale")
        .hasCause(BROKEN);
    assertThat(gradient()).isEqualTo(2);
    assertThat(factor.grad()).isEqualTo(3);
  }

  @Test
  void gradients_are_published_when_the_device_has_computed_them_and_no_thread_waits() {
    ManualExecutor executor = new ManualExecutor();
    try (Stride manual = Engines.manual(executor)) {
      Variable<CountingValue> there = manual.parameter(value(3));
      family.arriveWith(device);
      Run<RunStatistics> run = scaled().call(there, 2.0).adjoint();
      executor.runAll();
      assertThat(run.isDone()).isFalse();
      assertThat(there.grad()).isNull();

      device.complete(true);
      assertThat(run.isDone()).as("nothing runs where the device tells that it is done").isFalse();
      while (!run.isDone()) {
        executor.runAll();
      }
      assertThat(there.grad()).isEqualTo(value(2));
    }
  }

  @Test
  void failed_run_of_a_retained_graph_can_be_retried_when_the_device_works_again() {
    AdjointOptions retain = AdjointOptions.defaults().retaining();
    Variable<CountingValue> y = loss();
    family.arriveWith(CompletableFuture.failedFuture(BROKEN));
    Waiting.failureOf(() -> y.adjoint(retain));
    family.arriveWith(null);
    Waiting.on(y.adjoint(retain));

    assertThat(gradient()).isEqualTo(2);
  }

  @Test
  void run_that_waits_for_the_device_can_be_cancelled_and_ends_at_once() {
    family.arriveWith(device);
    Run<RunStatistics> run = loss().adjoint();
    Waiting.until(() -> run.statistics().visited() == 3);
    assertThat(run.cancel()).isTrue();

    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(RunCancelledException.class);
    device.complete(true);
    assertThat(x.grad()).isNull();
    assertThat(factor.grad()).isNull();
  }

  @Test
  void run_that_waits_for_the_device_keeps_its_deadline() {
    family.arriveWith(device);
    AdjointOptions soon = AdjointOptions.defaults().within(Duration.ofMillis(1));

    assertThat(Waiting.failureOf(() -> loss().adjoint(soon)))
        .isInstanceOf(RunCancelledException.class);
    assertThat(x.grad()).isNull();
  }

  @Test
  void sum_with_an_earlier_gradient_is_waited_for_as_well() {
    Waiting.on(loss().adjoint());
    AtomicReference<Thread> told = new AtomicReference<>();
    CompletableFuture<Boolean> sum = new CompletableFuture<>();
    family.arriveWith(device);
    Run<RunStatistics> run = loss().adjoint();
    run.stage().whenComplete((statistics, failure) -> told.set(Thread.currentThread()));
    Waiting.until(() -> run.statistics().visited() == 3);
    family.arriveWith(sum);
    device.complete(true);
    Waiting.until(() -> sum.getNumberOfDependents() > 0);
    sum.completeExceptionally(BROKEN);

    assertThat(Waiting.failureOf(run.stage())).hasMessageContaining("variable 'x'");
    assertThat(told.get()).isNotEqualTo(Thread.currentThread());
    assertThat(gradient()).isEqualTo(2);
    assertThat(factor.grad()).isEqualTo(3);
  }

  @Test
  void leaf_that_changes_while_a_sum_is_on_its_way_loses_nothing() {
    Waiting.on(loss().adjoint());
    CompletableFuture<Boolean> sum = new CompletableFuture<>();
    family.arriveWith(device);
    Run<RunStatistics> run = loss().adjoint();
    Waiting.until(() -> run.statistics().visited() == 3);
    family.arriveWith(sum);
    device.complete(true);
    Waiting.until(() -> sum.getNumberOfDependents() > 0);
    family.arriveWith(null);
    Waiting.on(loss().adjoint());
    sum.complete(true);
    Waiting.on(run);

    assertThat(gradient()).isEqualTo(6);
    assertThat(factor.grad()).isEqualTo(9);
  }

  @Test
  void accumulate_publishes_nothing_where_the_device_fails_on_an_item() {
    family.arriveWith(device);
    Run<List<CountingValue>> run = stride.accumulate(List.of(1, 2, 3), 2, item -> loss());
    Waiting.until(() -> device.getNumberOfDependents() > 1);
    device.completeExceptionally(BROKEN);

    assertThat(Waiting.failureOf(run.stage())).hasMessageContaining("variable 'x'");
    assertThat(x.grad()).isNull();
    assertThat(factor.grad()).isNull();
  }

  @Test
  void accumulate_adds_when_the_device_has_computed_all_items() {
    family.arriveWith(device);
    Run<List<CountingValue>> run = stride.accumulate(List.of(1, 2, 3), 2, item -> loss());
    Waiting.until(() -> device.getNumberOfDependents() > 1);
    assertThat(run.isDone()).isFalse();
    device.complete(true);
    Waiting.on(run);

    assertThat(gradient()).isEqualTo(6);
    assertThat(factor.grad()).isEqualTo(9);
  }
}
