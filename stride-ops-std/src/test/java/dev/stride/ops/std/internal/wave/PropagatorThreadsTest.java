package dev.stride.ops.std.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.RunCancelledException;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropagatorThreadsTest {

  /** Chunks in turn on real threads, as they come. */
  private record Threads(ExecutorService executor, int threads) implements Parallel {
    @Override
    public void run(int chunks, IntConsumer chunk) {
      AtomicInteger next = new AtomicInteger();
      Runnable work =
          () -> {
            for (int c = next.getAndIncrement(); c < chunks; c = next.getAndIncrement()) {
              chunk.accept(c);
            }
          };
      CompletableFuture<?>[] helpers = new CompletableFuture<?>[threads - 1];
      for (int i = 0; i < helpers.length; i++) {
        helpers[i] = CompletableFuture.runAsync(work, executor);
      }
      work.run();
      CompletableFuture.allOf(helpers).join();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void results_are_bitwise_the_same_for_any_number_of_threads(int threads) {
    for (Shape shape : new Shape[] {Shape.of(75, 33), Shape.of(70, 35, 9)}) {
      TestShots shot = TestShots.random(shape, DataType.FLOAT32, 6, 4, 70, threads);
      WaveGradients serial = gradients(shot.propagator(), shot, Parallel.serial());
      try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
        WaveGradients shared = gradients(shot.propagator(), shot, new Threads(executor, threads));
        assertThat(shared).isEqualTo(serial);
      }
    }
  }

  private static <A> WaveGradients gradients(
      Propagator<A> propagator, TestShots shot, Parallel parallel) {
    History<A> history = propagator.history(shot.wavelets().shape().extent(1), new ArrayPool());
    Tensor traces = propagator.forward(shot.wavelets(), history, parallel, CancellationToken.NONE);
    return propagator.adjoint(traces, history, parallel, CancellationToken.NONE);
  }

  @Test
  void cancellation_ends_a_run_between_steps() {
    TestShots shot = TestShots.random(Shape.of(20, 20), DataType.FLOAT32, 2, 0, 500, 1);
    AtomicInteger asked = new AtomicInteger();
    CancellationToken soon = () -> asked.incrementAndGet() > 3;
    assertThatExceptionOfType(RunCancelledException.class)
        .isThrownBy(
            () -> shot.propagator().forward(shot.wavelets(), null, Parallel.serial(), soon));
    assertThat(asked).hasValue(4);
  }

  @Test
  void a_history_is_reused_after_it_was_closed_and_changes_nothing() {
    TestShots shot = TestShots.random(Shape.of(20, 21), DataType.FLOAT64, 4, 3, 50, 2);
    ArrayPool pool = new ArrayPool();
    WaveGradients fresh = pooled(shot.propagator(), shot, pool);
    TestShots other = TestShots.random(Shape.of(20, 21), DataType.FLOAT64, 4, 3, 50, 3);
    pooled(other.propagator(), other, pool);
    assertThat(pooled(shot.propagator(), shot, pool)).isEqualTo(fresh);
  }

  private static <A> WaveGradients pooled(
      Propagator<A> propagator, TestShots shot, ArrayPool pool) {
    try (History<A> history = propagator.history(50, pool)) {
      Parallel serial = Parallel.serial();
      Tensor traces = propagator.forward(shot.wavelets(), history, serial, CancellationToken.NONE);
      return propagator.adjoint(traces, history, serial, CancellationToken.NONE);
    }
  }
}
