package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Graph;
import dev.stride.api.Node;
import dev.stride.api.Operator;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.Waiting;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E8. Nothing recurses on graph size: build, run, print, copy, release and garbage collection work
 * on a chain of a million operators and on diamonds ten thousand deep; building is O(1) an edge,
 * running O(V+E).
 */
class E08NoRecursionTest {

  private static final int MILLION = 1_000_000;
  private static final int DEEP = 10_000;

  private final ExecutorService executor = Engines.smallStacks(2);
  private final Stride stride = Engines.builder().executor(executor).build();

  @AfterEach
  void close() {
    stride.close();
    executor.shutdownNow();
  }

  /** Runs code where recursion over a graph would overflow the stack. */
  private static <T> T onSmallStack(Supplier<T> code) {
    CompletableFuture<T> result = new CompletableFuture<>();
    new Thread(
            null,
            () -> {
              try {
                result.complete(code.get());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "small-stack-test",
            Engines.SMALL_STACK)
        .start();
    return Waiting.on(result);
  }

  private static Variable<Double> chain(Operator<Double> operator, Variable<Double> from, int n) {
    Variable<Double> y = from;
    for (int i = 0; i < n; i++) {
      y = operator.call(y);
    }
    return y;
  }

  private static Variable<Double> diamonds(Variable<Double> from, int depth) {
    Operator<Double> identity = Doubles.identity();
    Operator<Double> average = Doubles.average();
    Variable<Double> y = from;
    for (int i = 0; i < depth; i++) {
      y = average.call(identity.call(y), identity.call(y));
    }
    return y;
  }

  @Test
  void chain_of_a_million_runs_forward_adjoint_and_is_released() {
    Variable<Double> x = stride.parameter(3.0);
    onSmallStack(() -> {
      Variable<Double> y = chain(Doubles.identity(), x, MILLION);
      assertThat(Waiting.on(y.value())).isEqualTo(3.0);
      return Waiting.on(y.adjoint());
    });
    assertThat(x.grad()).isEqualTo(1.0);
  }

  @Test
  void chain_of_a_million_pending_calls_completes_when_its_input_does() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> x = stride.parameter(3.0);
    onSmallStack(() -> {
      Variable<Double> y = chain(Doubles.identity(), gate.call(x), MILLION);
      gate.passForward();
      assertThat(Waiting.on(y.value())).isEqualTo(3.0);
      return Waiting.on(y.adjoint());
    });
    assertThat(x.grad()).isEqualTo(1.0);
  }

  @Test
  void chain_of_a_million_pending_calls_fails_when_its_input_does() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> x = stride.parameter(3.0);
    Throwable failure =
        onSmallStack(() -> {
          Variable<Double> y = chain(Doubles.identity(), gate.call(x), MILLION);
          gate.nextForward().fail(new IllegalStateException("boom"));
          return Waiting.failureOf(y.value());
        });
    assertThat(failure).hasRootCauseMessage("boom");
  }

  @Test
  void graph_of_a_million_is_printed_sorted_copied_and_exported() {
    Variable<Double> x = stride.parameter("x", 3.0);
    onSmallStack(() -> {
      Variable<Double> y = chain(Doubles.identity(), x, MILLION);
      Waiting.on(y.value());
      Graph graph = y.graph();
      assertThat(graph.nodes()).hasSize(MILLION + 1);
      assertThat(Graph.toposort(graph.root()).getLast().method()).isEqualTo(Node.Method.ACCUMULATE);
      assertThat(graph.root().copy().next()).hasSize(1);
      assertThat(graph.print().lines().count()).isEqualTo(MILLION + 1);
      assertThat(y.copy().needsGrad()).isTrue();
      return null;
    });
  }

  @Test
  void graph_of_a_million_can_be_looked_at_after_its_run() {
    Variable<Double> x = stride.parameter("x", 3.0);
    onSmallStack(() -> {
      Variable<Double> y = chain(Doubles.identity(), x, MILLION);
      Graph before = y.graph();
      Waiting.on(y.adjoint());
      Graph after = y.graph();
      assertThat(before.nodes()).hasSize(MILLION + 1);
      assertThat(after.nodes()).hasSize(MILLION + 1);
      assertThat(after.root().details().state()).isEqualTo("released");
      assertThat(after.print().lines().filter(line -> line.contains("released")).count())
          .isEqualTo(MILLION);
      assertThat(Graph.toposort(after.root())).hasSize(MILLION + 1);
      assertThat(after.summary()).contains("1,000,000");
      return null;
    });
  }

  @Test
  void chain_of_a_million_that_is_forgotten_is_collected() {
    Variable<Double> x = stride.parameter(3.0);
    WeakReference<Variable<Double>> last =
        onSmallStack(() -> {
          Variable<Double> y = chain(Doubles.identity(), x, MILLION);
          Waiting.on(y.value());
          return new WeakReference<>(y);
        });
    assertThat(Waiting.collected(last)).isTrue();
    assertThat(x.get()).isEqualTo(3.0);
  }

  @Test
  void diamonds_ten_thousand_deep_run_and_run_again() {
    Variable<Double> x = stride.parameter(3.0);
    onSmallStack(() -> {
      Variable<Double> y = diamonds(x, DEEP);
      assertThat(Waiting.on(y.value())).isEqualTo(3.0);
      Waiting.on(y.adjoint(AdjointOptions.defaults().retaining()));
      Waiting.on(y.adjoint());
      return null;
    });
    assertThat(x.grad()).isEqualTo(2.0);
  }

  @Test
  void diamonds_ten_thousand_deep_are_printed_sorted_and_exported() {
    Variable<Double> x = stride.parameter("x", 3.0);
    onSmallStack(() -> {
      Variable<Double> y = diamonds(x, DEEP);
      Waiting.on(y.value());
      Graph graph = y.graph();
      assertThat(graph.nodes()).hasSize(3 * DEEP + 1);
      assertThat(Graph.toposort(graph.root())).hasSize(3 * DEEP + 1);
      assertThat(graph.print(graph.root()).lines().count()).isEqualTo(3 * DEEP + 1);
      assertThat(graph.dot()).endsWith("}\n");
      assertThat(graph.json()).endsWith("]}\n");
      return null;
    });
  }

  @Test
  void chain_on_the_executor_of_a_hundred_thousand_runs() {
    Variable<Double> x = stride.parameter(0.5);
    onSmallStack(() ->
        Waiting.on(
            chain(Doubles.function("test.plus-one", v -> v + 1, v -> 1), x, 100_000).adjoint()));
    assertThat(x.grad()).isEqualTo(1.0);
  }

  @Test
  void fan_out_of_a_hundred_thousand_is_linear() {
    Variable<Double> x = stride.parameter(1.0);
    onSmallStack(() -> {
      Variable<Double> sum = Doubles.identity().call(x);
      for (int i = 0; i < 100_000; i++) {
        sum = Doubles.average().call(sum, x);
      }
      return Waiting.on(sum.adjoint());
    });
    assertThat(x.grad()).isCloseTo(1.0, org.assertj.core.data.Offset.offset(1e-12));
  }
}
