package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * E24. One bounded pool per engine serves operators and the chunks inside an operator. Whoever
 * starts chunks can finish all of them alone, so nesting never waits for a free thread; concurrent
 * shots never add threads.
 */
class E24OnePoolTest {

  private static final int CHUNKS = 64;

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** {@code y = x + number of chunks that ran}, nested twice. */
  private final LambdaOperator<Double> nesting =
      LambdaOperator.of(
          Doubles.unary("test.nesting"),
          call -> {
            AtomicInteger ran = new AtomicInteger();
            call.parallel()
                .run(
                    8,
                    outer ->
                        call.parallel()
                            .run(
                                8,
                                inner -> {
                                  threads.add(Thread.currentThread());
                                  ran.incrementAndGet();
                                }));
            return Outputs.of(Doubles.x(call) + ran.get());
          },
          E24OnePoolTest::passOn);

  private static Gradients passOn(AdjointCall call) {
    AtomicInteger ran = new AtomicInteger();
    call.parallel().run(CHUNKS, chunk -> ran.incrementAndGet());
    return Gradients.of(Doubles.dy(call) * ran.get() / CHUNKS);
  }

  private static LambdaOperator<Double> with(java.util.function.Consumer<Parallel> body) {
    return LambdaOperator.of(
        Doubles.unary("test.chunked"),
        call -> {
          body.accept(call.parallel());
          return Outputs.of(Doubles.x(call));
        },
        call -> Gradients.of(Doubles.dy(call)));
  }

  @Test
  void each_chunk_runs_once() {
    AtomicIntegerArray ran = new AtomicIntegerArray(CHUNKS);
    try (Stride stride = Engines.builder().threads(3).build()) {
      Waiting.on(
          with(parallel -> parallel.run(CHUNKS, ran::incrementAndGet))
              .call(stride.variable(1.0))
              .value());
    }
    assertThat(IntStream.range(0, CHUNKS).map(ran::get)).containsOnly(1);
  }

  @Test
  void nested_chunks_of_many_operators_never_wait_for_a_free_thread() {
    try (Stride stride = Engines.builder().threads(2).build()) {
      Variable<Double> x = stride.parameter(0.0);
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(nesting.call(x));
      }
      Variable<Double> y = Doubles.sum().call(all.toArray());
      Waiting.on(y.adjoint());

      assertThat(y.get()).isEqualTo(6400.0);
      assertThat(x.grad()).isEqualTo(100.0);
      assertThat(threads).hasSizeBetween(1, 2);
    }
  }

  @Test
  void concurrent_shots_never_add_threads() {
    try (Stride stride = Engines.builder().threads(2).build()) {
      Variable<Double> x = stride.parameter(0.0);
      List<Integer> shots = IntStream.range(0, 30).boxed().toList();
      Waiting.on(stride.accumulate(shots, 10, shot -> nesting.call(nesting.call(x))));

      assertThat(x.grad()).isEqualTo(30.0);
      assertThat(threads).hasSizeBetween(1, 2);
    }
  }

  @Test
  void one_thread_finishes_all_chunks_alone() {
    ManualExecutor executor = new ManualExecutor();
    try (Stride stride = Engines.builder().threads(8).executor(executor).build()) {
      Variable<Double> y = nesting.call(stride.parameter(0.0));
      executor.runUntil(y::isDone);

      assertThat(y.get()).isEqualTo(64.0);
      assertThat(threads).containsExactly(Thread.currentThread());
    }
  }

  @Test
  void chunks_run_on_several_threads_at_once() {
    CyclicBarrier meeting = new CyclicBarrier(2);
    try (Stride stride = Engines.builder().threads(2).build()) {
      Variable<Double> y =
          with(parallel -> parallel.run(2, chunk -> Waiting.on(meeting)))
              .call(stride.variable(1.0));
      assertThat(Waiting.on(y.value())).isEqualTo(1.0);
    }
  }

  @Test
  void threads_are_at_least_one_and_at_most_as_configured() {
    AtomicInteger seen = new AtomicInteger();
    try (Stride stride = Engines.builder().threads(3).build()) {
      Waiting.on(with(parallel -> seen.set(parallel.threads())).call(stride.variable(1.0)).value());
    }
    assertThat(seen.get()).isBetween(1, 3);
  }

  @Test
  void failure_of_a_chunk_reaches_the_caller_and_stops_the_rest() {
    AtomicInteger ran = new AtomicInteger();
    try (Stride stride = Engines.builder().threads(2).build()) {
      Variable<Double> y =
          with(parallel ->
                  parallel.run(
                      1_000_000,
                      chunk -> {
                        ran.incrementAndGet();
                        throw new IllegalStateException("chunk");
                      }))
              .call(stride.variable(1.0));
      assertThat(Waiting.failureOf(y.value())).hasRootCauseMessage("chunk");
    }
    assertThat(ran.get()).isLessThan(1000);
  }

  @Test
  void no_chunks_is_nothing_to_do() {
    try (Stride stride = Engines.engine()) {
      Variable<Double> y =
          with(parallel ->
                  parallel.run(
                      0,
                      chunk -> {
                        throw new AssertionError("ran " + chunk);
                      }))
              .call(stride.variable(1.0));
      assertThat(Waiting.on(y.value())).isEqualTo(1.0);
    }
  }

  @Test
  void team_runs_many_rounds_each_complete_before_the_next() {
    int rounds = 2000;
    int[] cells = new int[CHUNKS];
    AtomicInteger wrong = new AtomicInteger();
    LambdaOperator<Double> stepping =
        with(parallel ->
            parallel.team(team -> {
              for (int round = 0; round < rounds; round++) {
                int expected = round;
                team.run(
                    CHUNKS,
                    chunk -> {
                      if (cells[chunk]++ != expected) {
                        wrong.incrementAndGet();
                      }
                    });
              }
              return rounds;
            }));
    try (Stride stride = Engines.builder().threads(2).build()) {
      Waiting.on(stepping.call(stride.variable(1.0)).value());
    }
    assertThat(wrong).hasValue(0);
    assertThat(cells).containsOnly(rounds);
  }

  @Test
  void teams_of_concurrent_operators_never_wait_for_each_other() {
    LambdaOperator<Double> stepping =
        with(parallel ->
            parallel.team(team -> {
              for (int round = 0; round < 50; round++) {
                team.run(4, chunk -> threads.add(Thread.currentThread()));
              }
              return 0;
            }));
    try (Stride stride = Engines.builder().threads(2).build()) {
      Variable<Double> x = stride.parameter(1.0);
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(stepping.call(x));
      }
      assertThat(Waiting.on(Doubles.sum().call(all.toArray()).value())).isEqualTo(50.0);
    }
    assertThat(threads).hasSizeBetween(1, 2);
  }

  @Test
  void failure_in_a_team_reaches_the_caller() {
    try (Stride stride = Engines.engine()) {
      Variable<Double> y =
          with(parallel ->
                  parallel.team(team -> {
                    team.run(
                        4,
                        chunk -> {
                          throw new IllegalStateException("in team");
                        });
                    return 0;
                  }))
              .call(stride.variable(1.0));
      assertThat(Waiting.failureOf(y.value())).hasRootCauseMessage("in team");
      assertThat(Waiting.on(Doubles.square().call(stride.variable(2.0)).value())).isEqualTo(4.0);
    }
  }
}
