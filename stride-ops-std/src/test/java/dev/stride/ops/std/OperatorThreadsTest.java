package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Backwards;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Results and gradients are bit by bit the same for any number of threads and any schedule. */
class OperatorThreadsTest {

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @AfterAll
  static void close() {
    THREADS.close();
  }

  /** Threads that take chunks in any order. */
  private record Team(int threads) implements Parallel {

    @Override
    public void run(int chunks, IntConsumer chunk) {
      AtomicInteger next = new AtomicInteger();
      List<Future<Void>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        all.add(THREADS.submit(chunksOf(next, chunks, chunk)));
      }
      all.forEach(Team::await);
    }

    private static Callable<Void> chunksOf(AtomicInteger next, int chunks, IntConsumer chunk) {
      return () -> {
        for (int c = next.getAndIncrement(); c < chunks; c = next.getAndIncrement()) {
          chunk.accept(c);
        }
        return null;
      };
    }

    private static void await(Future<Void> future) {
      try {
        future.get();
      } catch (InterruptedException | ExecutionException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> results_do_not_depend_on_threads_or_schedules() {
    return Stream.of(DataType.values())
        .flatMap(type ->
            LargeSamples.of(type).entrySet().stream()
                .map(each ->
                    DynamicTest.dynamicTest(
                        each.getKey() + " in " + type, () -> require(each.getValue()))));
  }

  private static void require(BareCall call) {
    List<Tensor> outputs = call.forward();
    List<Tensor> gradients = call.seeded().adjoint();
    for (Parallel parallel : List.of(new Team(1), new Team(2), new Team(4), new Backwards())) {
      BareCall again = call.on(parallel);
      assertThat(again.forward()).as("%s", parallel).isEqualTo(outputs);
      assertThat(again.seeded().adjoint()).as("%s", parallel).isEqualTo(gradients);
    }
  }

  @Test
  void every_operator_has_a_large_sample() {
    assertThat(LargeSamples.of(DataType.FLOAT32).keySet())
        .containsExactlyInAnyOrderElementsOf(
            RegisteredOperators.ofStandardPack().keySet().stream().map(Operator::name).toList());
  }
}
