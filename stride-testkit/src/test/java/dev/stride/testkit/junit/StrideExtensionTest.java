package dev.stride.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.testkit.fakes.GatedOperator;
import dev.stride.testkit.fakes.ManualClock;
import dev.stride.testkit.fakes.ManualExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StrideExtension.class)
class StrideExtensionTest {

  @Test
  void test_gets_an_engine_that_works(Stride stride) {
    Variable<Tensor> x = stride.parameter(Tensor.of(2.0));
    JunitOperators.square().call(x).adjoint().join();
    assertThat(x.grad()).isEqualTo(Tensor.of(4.0));
  }

  @Test
  void manual_executor_lets_the_test_say_when(Stride stride, ManualExecutor executor) {
    Variable<Tensor> y = JunitOperators.square().call(stride.parameter(Tensor.of(2.0)));
    assertThat(y.value().toCompletableFuture()).isNotDone();
    executor.runAll();
    assertThat(y.get()).isEqualTo(Tensor.scalar(4.0));
  }

  @Test
  void manual_clock_lets_the_test_say_when_a_deadline_passes(Stride stride, ManualClock clock) {
    GatedOperator gated = GatedOperator.inAdjoint();
    Run<?> run =
        gated
            .call(stride.parameter(Tensor.of(1.0)))
            .adjoint(AdjointOptions.defaults().within(Duration.ofHours(1)));
    GatedOperator.Waiting<?> waiting = gated.next(Duration.ofSeconds(10));
    assertThat(clock.scheduled()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(59));
    assertThat(waiting.call().cancellation().isCancelled()).isFalse();
    clock.advance(Duration.ofMinutes(1));
    assertThat(waiting.call().cancellation().isCancelled()).isTrue();
    waiting.pass();
    assertThatExceptionOfType(RunCancelledException.class)
        .isThrownBy(run::join)
        .withMessageContaining("passed its deadline of PT1H");
  }

  @Test
  @RandomOrder
  void random_order_changes_no_result(Stride stride) {
    Variable<Tensor> x = stride.parameter(Tensor.of(2.0));
    IntStream.range(0, 20)
        .mapToObj(_ -> JunitOperators.square().call(x))
        .toList()
        .forEach(y -> y.adjoint().join());
    assertThat(x.grad()).isEqualTo(Tensor.of(80.0));
  }

  @GradientTest
  void gradient_test_is_at_home_beside_other_tests(
      Stride stride, GradientTest.Loss loss, @Given(shape = 3) Variable<Tensor> x) {
    assertThat(stride).isNotNull();
    loss.is(JunitOperators.square().call(x));
  }

  @Test
  void order_of_tasks_repeats_with_the_seed() throws Exception {
    assertThat(order(7)).isEqualTo(order(7)).isNotEqualTo(order(8));
  }

  /** The order in which one thread takes tasks that all wait. */
  private static List<Integer> order(long seed) throws InterruptedException {
    ShuffledExecutor executor = new ShuffledExecutor(seed, 1);
    CountDownLatch all = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(20);
    List<Integer> order = new CopyOnWriteArrayList<>();
    CountDownLatch started = new CountDownLatch(1);
    executor.execute(() -> {
      started.countDown();
      await(all);
    });
    started.await();
    for (int i = 0; i < 20; i++) {
      int task = i;
      executor.execute(() -> {
        order.add(task);
        done.countDown();
      });
    }
    all.countDown();
    done.await();
    executor.shutdownNow();
    return order;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void call_that_is_not_finished_is_a_leak() {
    EngineOfTest engine = new EngineOfTest(null, null);
    GatedOperator gated = GatedOperator.inForward();
    var _ = gated.call(engine.stride().parameter(Tensor.of(1.0)));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(engine::close)
        .withMessageContaining("unfinished: ")
        .withMessageContaining("fake.gated")
        .withMessageContaining("join()");
  }

  @Test
  void task_that_was_never_run_is_a_leak() {
    EngineOfTest engine = new EngineOfTest(new ManualExecutor(), null);
    var _ = JunitOperators.square().call(engine.stride().parameter(Tensor.of(1.0)));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(engine::close)
        .withMessageContaining("tasks that the test never ran");
  }

  @Test
  void saved_state_of_a_graph_that_is_kept_is_a_leak_with_the_name_of_its_operator() {
    EngineOfTest engine = new EngineOfTest(null, null);
    List<Variable<Tensor>> kept = new ArrayList<>();
    kept.add(JunitOperators.saving().call(engine.stride().parameter(Tensor.of(1.0))));
    kept.getFirst().get();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(engine::close)
        .withMessageContaining("saved state of test.saving, whose graph something still refers to");
    assertThat(kept).hasSize(1);
  }

  @Test
  void saved_state_of_a_graph_that_nobody_refers_to_is_no_leak() {
    EngineOfTest engine = new EngineOfTest(null, null);
    JunitOperators.saving().call(engine.stride().parameter(Tensor.of(1.0))).get();
    assertThatCode(engine::close).doesNotThrowAnyException();
  }

  @Test
  void tidy_test_leaves_nothing() {
    EngineOfTest engine = new EngineOfTest(new ShuffledExecutor(1, 3), null);
    JunitOperators.square().call(engine.stride().parameter(Tensor.of(1.0))).adjoint().join();
    assertThatCode(engine::close).doesNotThrowAnyException();
  }
}
