package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E11. A run either accumulates into all leaves or into none. A failed or cancelled run leaves
 * every gradient as it was, releases what it took, and can be retried when the graph was retained.
 */
class E11AllOrNoneTest {

  private static final AdjointOptions RETAIN = AdjointOptions.defaults().retaining();

  private final Stride stride = Engines.engine();
  private final Variable<Double> a = stride.parameter("a", 3.0);
  private final Variable<Double> b = stride.parameter("b", 5.0);

  @AfterEach
  void close() {
    stride.close();
  }

  private static BlockingOperator<Double> failingTimes(int times) {
    AtomicInteger left = new AtomicInteger(times);
    return Doubles.withAdjoint(call -> {
      if (left.getAndDecrement() > 0) {
        throw new IllegalStateException("boom");
      }
      return Gradients.of(Doubles.dy(call));
    });
  }

  @Test
  void failed_run_leaves_every_gradient_as_it_was() {
    Waiting.on(Doubles.square().call(a).adjoint());
    Variable<Double> y =
        Doubles.add().call(Doubles.twice().call(a), failingTimes(9).call(Doubles.square().call(b)));
    assertThat(Waiting.failureOf(y::adjoint)).isInstanceOf(OperatorException.class);

    assertThat(a.grad()).isEqualTo(6.0);
    assertThat(b.grad()).isNull();
  }

  @Test
  void failed_run_of_a_retained_graph_can_be_retried() {
    Variable<Double> y =
        Doubles.add().call(Doubles.twice().call(a), failingTimes(2).call(Doubles.square().call(b)));
    Waiting.failureOf(() -> y.adjoint(RETAIN));
    Waiting.failureOf(() -> y.adjoint(RETAIN));
    Waiting.on(y.adjoint(RETAIN));

    assertThat(a.grad()).isEqualTo(2.0);
    assertThat(b.grad()).isEqualTo(10.0);
  }

  @Test
  void failed_run_of_an_unretained_graph_cannot_be_retried_and_says_so() {
    Variable<Double> y = failingTimes(1).call(Doubles.square().call(b));
    Waiting.failureOf(y::adjoint);

    assertThat(Waiting.failureOf(y::adjoint)).hasMessageContaining("retain");
    assertThat(b.grad()).isNull();
  }

  @Test
  void cancelled_run_of_a_retained_graph_can_be_retried() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Variable<Double> y = Doubles.add().call(Doubles.twice().call(a), gate.call(b));
    Run<RunStatistics> run = y.adjoint(RETAIN);
    GatedOperator.Pending<?, Gradients> pending = gate.nextAdjoint();
    run.cancel();
    pending.complete(Gradients.of(1.0));
    Waiting.failureOf(run.stage());
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isNull();

    Run<RunStatistics> again = y.adjoint(RETAIN);
    gate.passAdjoint();
    Waiting.on(again);
    assertThat(a.grad()).isEqualTo(2.0);
    assertThat(b.grad()).isEqualTo(1.0);
  }

  @Test
  void no_leaf_shows_a_gradient_before_all_do() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Variable<Double> y = Doubles.add().call(Doubles.twice().call(a), gate.call(b));
    Run<RunStatistics> run = y.adjoint();
    GatedOperator.Pending<?, Gradients> pending = gate.nextAdjoint();
    Waiting.until(() -> run.statistics().visited() >= 2);
    assertThat(a.grad()).isNull();

    pending.complete(Gradients.of(1.0));
    Waiting.on(run);
    assertThat(a.grad()).isEqualTo(2.0);
    assertThat(b.grad()).isEqualTo(1.0);
  }

  @Test
  void accumulate_publishes_for_all_items_or_for_none() {
    BlockingOperator<Double> failing = failingTimes(Integer.MAX_VALUE);
    Throwable failure =
        Waiting.failureOf(() ->
            stride.accumulate(
                List.of(1, 2, 3, 4),
                2,
                item -> {
                  Variable<Double> y = Doubles.multiply().call(a, (double) item);
                  return item == 3 ? failing.call(y) : y;
                }));
    assertThat(failure).hasRootCauseMessage("boom");
    assertThat(a.grad()).isNull();

    assertThat(
            Waiting.on(
                stride.accumulate(
                    List.of(1, 2, 3, 4), 2, item -> Doubles.multiply().call(a, (double) item))))
        .containsExactly(3.0, 6.0, 9.0, 12.0);
    assertThat(a.grad()).isEqualTo(10.0);
  }

  @Test
  void accumulate_whose_loss_throws_changes_nothing() {
    Throwable failure =
        Waiting.failureOf(() ->
            stride.accumulate(
                List.of(1, 2),
                1,
                item -> {
                  if (item == 2) {
                    throw new IllegalStateException("no loss");
                  }
                  return Doubles.square().call(a);
                }));
    assertThat(failure).hasStackTraceContaining("no loss");
    assertThat(a.grad()).isNull();
  }

  @Test
  void cancelled_accumulate_changes_nothing() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Run<List<Double>> run =
        stride.accumulate(
            List.of(1, 2, 3), 1, item -> item == 2 ? gate.call(a) : Doubles.square().call(a));
    GatedOperator.Pending<?, Gradients> pending = gate.nextAdjoint();
    run.cancel();
    pending.complete(Gradients.of(1.0));

    Waiting.failureOf(run.stage());
    assertThat(a.grad()).isNull();
  }
}
