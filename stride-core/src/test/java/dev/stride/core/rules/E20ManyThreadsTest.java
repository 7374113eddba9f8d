package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Operator;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E20. Any number of threads may build graphs, run adjoints on graphs that share leaves, and read
 * gradients. The memory model is documented and stress-tested. Runs that overlap on an unretained
 * graph fail before any operator starts.
 */
class E20ManyThreadsTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 200;

  private final Stride stride = Engines.builder().threads(4).build();

  @AfterEach
  void close() {
    stride.close();
  }

  private static void together(IntConsumer code) {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      CompletableFuture<Void> end = new CompletableFuture<>();
      done.add(end);
      Thread.ofPlatform()
          .start(() -> {
            try {
              Waiting.on(start);
              code.accept(thread);
              end.complete(null);
            } catch (Throwable e) {
              end.completeExceptionally(e);
            }
          });
    }
    done.forEach(Waiting::on);
  }

  @Test
  void threads_that_share_leaves_lose_no_gradient() {
    Variable<Double> x = stride.parameter(3.0);
    Operator<Double> square = Doubles.square();
    together(thread -> {
      for (int round = 0; round < ROUNDS; round++) {
        Waiting.on(Doubles.add().call(square.call(x), square.call(x)).adjoint());
      }
    });
    assertThat(x.grad()).isEqualTo(12.0 * THREADS * ROUNDS);
  }

  @Test
  void reader_sees_gradients_of_whole_runs_only() {
    Variable<Double> x = stride.parameter(1.0);
    together(thread -> {
      for (int round = 0; round < ROUNDS; round++) {
        if (thread % 2 == 0) {
          Waiting.on(Doubles.add().call(x, Doubles.add().call(x, x)).adjoint());
        } else {
          Double seen = x.grad();
          assertThat(seen == null || seen % 3 == 0).as("%s", seen).isTrue();
        }
      }
    });
    assertThat(x.grad()).isEqualTo(3.0 * ROUNDS * THREADS / 2);
  }

  @Test
  void clearing_while_others_run_leaves_a_sum_of_whole_runs() {
    Variable<Double> x = stride.parameter(1.0);
    together(thread -> {
      for (int round = 0; round < ROUNDS; round++) {
        Waiting.on(Doubles.add().call(x, Doubles.add().call(x, x)).adjoint());
        if (thread == 0) {
          x.clearGrad();
        }
      }
    });
    Double left = x.grad();
    assertThat(left == null || left % 3 == 0).as("%s", left).isTrue();
  }

  @Test
  void one_graph_built_by_many_threads_is_one_graph() {
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> shared = Doubles.square().call(x);
    List<Variable<Double>> parts = java.util.Collections.synchronizedList(new ArrayList<>());
    together(thread -> parts.add(Doubles.twice().call(shared)));
    Waiting.on(Doubles.sum().call(parts.toArray()).adjoint());

    assertThat(x.grad()).isEqualTo(THREADS * 2 * 6.0);
  }

  @Test
  void runs_on_one_retained_graph_may_overlap() {
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> y = Doubles.square().call(Doubles.square().call(x));
    together(thread -> Waiting.on(y.adjoint(AdjointOptions.defaults().retaining())));
    assertThat(x.grad()).isEqualTo(THREADS * 108.0);
  }

  @Test
  void second_run_on_an_unretained_graph_fails_before_any_operator_starts() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> y = Doubles.square().call(gate.call(x));
    Run<RunStatistics> first = y.adjoint();
    GatedOperator.Pending<?, dev.stride.api.Gradients> pending = gate.nextAdjoint();

    assertThat(Waiting.failureOf(y::adjoint)).hasMessageContaining(y.name());
    assertThat(gate.adjointsStarted()).isZero();

    pending.complete(dev.stride.api.Gradients.of(6.0));
    Waiting.on(first);
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void runs_that_overlap_in_a_shared_part_fail_before_any_operator_starts() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> shared = gate.call(x);
    Variable<Double> one = Doubles.square().call(shared);
    GatedOperator other = GatedOperator.inAdjoint();
    Variable<Double> two = other.call(shared);
    Run<RunStatistics> first = one.adjoint();
    GatedOperator.Pending<?, dev.stride.api.Gradients> pending = gate.nextAdjoint();

    Waiting.failureOf(two::adjoint);
    assertThat(other.adjointsStarted()).isZero();

    pending.complete(dev.stride.api.Gradients.of(6.0));
    Waiting.on(first);
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void releasing_run_that_overlaps_a_retaining_one_fails_before_any_operator_starts() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> y = gate.call(x);
    Run<RunStatistics> first = y.adjoint(AdjointOptions.defaults().retaining());
    GatedOperator.Pending<?, dev.stride.api.Gradients> pending = gate.nextAdjoint();
    Waiting.failureOf(y::adjoint);
    assertThat(gate.adjointsStarted()).isZero();

    pending.complete(dev.stride.api.Gradients.of(6.0));
    Waiting.on(first);
    Run<RunStatistics> second = y.adjoint();
    gate.passAdjoint();
    Waiting.on(second);
    assertThat(x.grad()).isEqualTo(7.0);
  }

  @Test
  void run_goes_on_when_nobody_holds_its_handle_or_its_root() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Variable<Double> x = stride.parameter(3.0);
    startAndForget(gate, x);
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    gate.passAdjoint();
    Waiting.until(() -> x.grad() != null);
    assertThat(x.grad()).isEqualTo(6.0);
  }

  private static void startAndForget(GatedOperator gate, Variable<Double> x) {
    gate.call(Doubles.square().call(x)).adjoint();
  }
}
