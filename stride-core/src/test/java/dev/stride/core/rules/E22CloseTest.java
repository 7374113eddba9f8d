package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.TestPack;
import dev.stride.core.fixtures.Waiting;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * E22. Closing the engine cancels what runs, waits a bounded time, closes packs, leaks no thread.
 * It never shuts down an executor that it was given. Completed values stay readable after it,
 * pending ones fail.
 */
class E22CloseTest {

  @Test
  void close_cancels_a_run_and_its_operator_sees_it() {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    BlockingOperator<Double> obedient =
        Doubles.withAdjoint(call -> {
          started.countDown();
          while (!call.cancellation().isCancelled()) {
            Thread.onSpinWait();
          }
          ended.countDown();
          return Gradients.of(Doubles.dy(call));
        });
    Stride stride = Engines.engine();
    Variable<Double> x = stride.parameter(1.0);
    Run<RunStatistics> run = obedient.call(x).adjoint();
    Waiting.on(started);
    stride.close();

    assertThat(ended.getCount()).isZero();
    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(RunCancelledException.class);
    assertThat(x.grad()).isNull();
  }

  @Test
  void close_cancels_a_forward() {
    CountDownLatch started = new CountDownLatch(1);
    BlockingOperator<Double> obedient =
        LambdaOperator.of(
            Doubles.unary("test.obedient"),
            call -> {
              started.countDown();
              while (!call.cancellation().isCancelled()) {
                Thread.onSpinWait();
              }
              call.cancellation().throwIfCancelled();
              return Outputs.of(Doubles.x(call));
            },
            call -> Gradients.of(0.0));
    Stride stride = Engines.engine();
    Variable<Double> y = obedient.call(stride.parameter(1.0));
    Waiting.on(started);
    stride.close();

    Waiting.failureOf(y.value());
  }

  @Test
  void completed_values_and_gradients_stay_readable_pending_ones_fail() {
    GatedOperator gate = GatedOperator.inForward();
    Stride stride = Engines.builder().closeTimeout(Duration.ofMillis(50)).build();
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> done = Doubles.square().call(x);
    Waiting.on(done.adjoint());
    Variable<Double> pending = Doubles.square().call(gate.call(x));
    stride.close();

    assertThat(done.get()).isEqualTo(9.0);
    assertThat(x.get()).isEqualTo(3.0);
    assertThat(x.grad()).isEqualTo(6.0);
    assertThat(Waiting.failureOf(pending.value())).hasMessageContaining("close");
    assertThatThrownBy(pending::get).hasMessageContaining("close");
  }

  @Test
  void close_waits_a_bounded_time_for_an_operator_that_ignores_it() {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    BlockingOperator<Double> deaf =
        Doubles.function(
            "test.deaf",
            v -> {
              started.countDown();
              boolean interrupted = true;
              while (interrupted) {
                try {
                  release.await();
                  interrupted = false;
                } catch (InterruptedException e) {
                  // deaf: goes on waiting
                }
              }
              return v;
            },
            v -> 1);
    Stride stride = Engines.builder().closeTimeout(Duration.ofMillis(100)).build();
    Variable<Double> y = deaf.call(stride.parameter(1.0));
    Waiting.on(started);
    long start = System.nanoTime();
    stride.close();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    release.countDown();

    assertThat(took).isBetween(Duration.ofMillis(50), Duration.ofSeconds(10));
    assertThat(Waiting.failureOf(y.value())).hasMessageContaining("close");
  }

  @Test
  void close_closes_packs_once() {
    TestPack pack = new TestPack();
    Stride stride = Stride.builder().withoutDiscovery().pack(pack).build();
    assertThat(pack.closed()).isZero();
    stride.close();
    stride.close();
    assertThat(pack.closed()).isEqualTo(1);
  }

  @Test
  void close_leaves_no_thread_behind() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    Stride stride = Engines.builder().threads(4).build();
    Variable<Double> x = stride.parameter(1.0);
    for (int i = 0; i < 100; i++) {
      Waiting.on(Doubles.add().call(Doubles.square().call(x), Doubles.square().call(x)).adjoint());
    }
    stride.close();

    Waiting.until(() ->
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> !before.contains(t))
            .noneMatch(t -> t.isAlive() && isOfAnEngine(t)));
  }

  private static boolean isOfAnEngine(Thread thread) {
    return thread.getName().toLowerCase(java.util.Locale.ROOT).contains("stride");
  }

  @Test
  void engine_names_its_threads() {
    try (Stride stride = Engines.engine()) {
      java.util.concurrent.atomic.AtomicReference<String> name =
          new java.util.concurrent.atomic.AtomicReference<>();
      Waiting.on(
          Doubles.function(
                  "test.where",
                  v -> {
                    name.set(Thread.currentThread().getName());
                    return v;
                  },
                  v -> 1)
              .call(stride.parameter(1.0))
              .value());
      assertThat(name.get()).containsIgnoringCase("stride");
    }
  }

  @Test
  void close_does_not_shut_down_an_executor_that_was_given() {
    ExecutorService given = Executors.newFixedThreadPool(2);
    try {
      Stride stride = Engines.builder().executor(given).build();
      Waiting.on(Doubles.square().call(stride.parameter(3.0)).adjoint());
      stride.close();

      assertThat(given.isShutdown()).isFalse();
      assertThat(Waiting.on(java.util.concurrent.CompletableFuture.supplyAsync(() -> 1, given)))
          .isEqualTo(1);
    } finally {
      given.shutdownNow();
    }
  }

  @Test
  void call_and_run_after_close_fail_and_say_so() {
    Stride stride = Engines.engine();
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> y = Doubles.square().call(x);
    Waiting.on(y.value());
    stride.close();

    assertThat(Waiting.failureOf(y::adjoint)).hasMessageContaining("close");
    assertThatThrownBy(() -> Waiting.on(Doubles.square().call(x).value()))
        .hasMessageContaining("close");
  }

  @Test
  void close_twice_and_from_two_threads_is_harmless() throws InterruptedException {
    Stride stride = Engines.engine();
    Thread other = Thread.ofPlatform().start(stride::close);
    stride.close();
    other.join();
    stride.close();
  }

  @Test
  void close_cancels_accumulate() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Stride stride = Engines.builder().closeTimeout(Duration.ofMillis(50)).build();
    Variable<Double> x = stride.parameter(1.0);
    Run<java.util.List<Double>> run =
        stride.accumulate(java.util.List.of(1, 2, 3), 2, item -> gate.call(x));
    gate.nextAdjoint();
    stride.close();

    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(RunCancelledException.class);
    assertThat(x.grad()).isNull();
  }

  @Test
  void engine_whose_executor_was_shut_down_fails_calls_instead_of_hanging() {
    ExecutorService given = Executors.newFixedThreadPool(1);
    try (Stride stride = Engines.builder().executor(given).build()) {
      Variable<Double> x = stride.parameter(3.0);
      Variable<Double> y = Doubles.square().call(x);
      Waiting.on(y.value());
      given.shutdown();

      Waiting.failureOf(Doubles.square().call(x).value());
      Waiting.failureOf(y::adjoint);
      assertThat(x.grad()).isNull();
    } finally {
      given.shutdownNow();
    }
  }
}
