package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.RandomGraph;
import dev.stride.core.fixtures.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * E7, E11, E20. Threads build random graphs and run, cancel, fail, time out and forget them; each
 * either gives the bits that one thread alone gives, or changes nothing.
 *
 * <p>{@code -Dstride.soak.seconds=3600} soaks longer than the usual 10 seconds; {@code
 * -Dstride.soak.seed=N} repeats the graphs and fates of a failure, which names its seed.
 */
class SoakTest {

  private static final Duration TIME = Duration.ofSeconds(Long.getLong("stride.soak.seconds", 10));
  private static final int THREADS = 16;
  private static final int CALLS = 30;
  private static final int GRAPHS = 64;

  private final long seed = Long.getLong("stride.soak.seed", System.nanoTime());
  private final CountedSaved.Log log = new CountedSaved.Log();
  private final ConcurrentHashMap<Long, List<Double>> oracle = new ConcurrentHashMap<>();
  private final AtomicLong ran = new AtomicLong();
  private final AtomicLong stopped = new AtomicLong();

  @Test
  void random_graphs_that_are_run_cancelled_and_failed_agree_with_a_serial_oracle() {
    System.out.println("soak: -Dstride.soak.seed=" + seed);
    long end = System.nanoTime() + TIME.toNanos();
    try (Stride stride = Engines.builder().threads(4).build();
        Stride alone = Engines.builder().threads(1).build()) {
      List<CompletableFuture<Void>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed + i);
        threads.add(onThread(() -> soak(stride, alone, random, end)));
      }
      threads.forEach(thread -> thread.join());
      Waiting.collectUntil(() -> log.open() == 0);
    }
    assertThat(ran).as("runs that succeeded, seed %d", seed).hasPositiveValue();
    assertThat(stopped).as("runs that were stopped, seed %d", seed).hasPositiveValue();
    assertThat(log.closed()).isEqualTo(log.made());
    assertThat(log.closedInUse()).isZero();
  }

  private static CompletableFuture<Void> onThread(Runnable code) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            code.run();
            done.complete(null);
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private void soak(Stride stride, Stride alone, Random random, long end) {
    while (System.nanoTime() < end) {
      long graph = random.nextInt(GRAPHS);
      int fate = random.nextInt(6);
      List<Variable<Double>> leaves = leaves(stride);
      Variable<Double> root = RandomGraph.of(graph, CALLS, leaves);
      List<Double> now = gradients(leaves, meet(fate, root, random));
      List<Double> expected = now.isEmpty() ? now : oracle(alone, graph);
      assertThat(now).as("graph %d, fate %d, seed %d", graph, fate, seed).isEqualTo(expected);
    }
  }

  /** Lets a graph meet its fate; whether its gradients were accumulated. */
  private boolean meet(int fate, Variable<Double> root, Random random) {
    AdjointOptions options = AdjointOptions.defaults();
    Variable<Double> saved = saving().call(root);
    return switch (fate) {
      case 0 -> false; // Forgotten, perhaps before it has run.
      case 1 -> endedWell(failing(random.nextBoolean()).call(saved).adjoint());
      case 2 -> {
        Run<RunStatistics> run = saved.adjoint();
        for (int i = random.nextInt(2_000); i > 0; i--) {
          Thread.onSpinWait();
        }
        boolean cancelled = run.cancel();
        boolean well = endedWell(run);
        assertThat(well).as("seed %d", seed).isNotEqualTo(cancelled);
        yield well;
      }
      case 3 ->
          endedWell(saved.adjoint(options.within(Duration.ofNanos(1 + random.nextInt(2_000_000)))));
      case 4 -> {
        Run<RunStatistics> first = saved.adjoint(options.retaining());
        first.cancel();
        boolean well = endedWell(first);
        yield well || endedWell(saved.adjoint()); // Retained, so it can be tried again.
      }
      default -> endedWell(saved.adjoint());
    };
  }

  private boolean endedWell(Run<RunStatistics> run) {
    try {
      Waiting.on(run);
      ran.incrementAndGet();
      return true;
    } catch (RunCancelledException | OperatorException stop) {
      stopped.incrementAndGet();
      return false;
    }
  }

  private static List<Double> gradients(List<Variable<Double>> leaves, boolean accumulated) {
    if (!accumulated) {
      assertThat(leaves).allMatch(leaf -> leaf.grad() == null);
      return List.of();
    }
    return leaves.stream().map(Variable::grad).toList();
  }

  private List<Double> oracle(Stride alone, long graph) {
    return oracle.computeIfAbsent(
        graph,
        number -> {
          List<Variable<Double>> leaves = leaves(alone);
          Waiting.on(RandomGraph.of(number, CALLS, leaves).adjoint());
          return gradients(leaves, true);
        });
  }

  private static List<Variable<Double>> leaves(Stride stride) {
    return List.of(stride.parameter(0.4), stride.parameter(0.7), stride.parameter(-0.2));
  }

  private LambdaOperator<Double> saving() {
    return LambdaOperator.of(
        Doubles.unary("test.saving"),
        call -> Outputs.of(Doubles.x(call)).saving(new CountedSaved(1, 8, log)),
        call -> {
          CountedSaved saved = call.saved(CountedSaved.class);
          saved.enter();
          double gradient = saved.value() * Doubles.dy(call);
          saved.leave();
          return Gradients.of(gradient);
        });
  }

  private static LambdaOperator<Double> failing(boolean inForward) {
    return Doubles.function("test.failing", v -> inForward ? fail() : v, v -> fail());
  }

  private static double fail() {
    throw new IllegalStateException("as it should");
  }
}
