package dev.stride.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.testkit.fakes.GatedOperator;
import dev.stride.testkit.fakes.ManualExecutor;
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
  @RandomOrder
  void random_order_changes_no_result(Stride stride) {
    Variable<Tensor> x = stride.parameter(Tensor.of(2.0));
    IntStream.range(0, 20)
        .mapToObj(_ -> JunitOperators.square().call(x))
        .toList()
        .forEach(y -> y.adjoint().join());
    assertThat(x.grad()).isEqualTo(Tensor.of(80.0));
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
    EngineOfTest engine = new EngineOfTest(null);
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
    EngineOfTest engine = new EngineOfTest(new ManualExecutor());
    var _ = JunitOperators.square().call(engine.stride().parameter(Tensor.of(1.0)));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(engine::close)
        .withMessageContaining("tasks that the test never ran");
  }

  @Test
  void tidy_test_leaves_nothing() {
    EngineOfTest engine = new EngineOfTest(new ShuffledExecutor(1, 3));
    JunitOperators.square().call(engine.stride().parameter(Tensor.of(1.0))).adjoint().join();
    assertThatCode(engine::close).doesNotThrowAnyException();
  }
}
