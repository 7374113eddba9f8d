package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.EveryOrder;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * E3, E7, E10, E11. Whatever the order of the tasks, and wherever among them a run is cancelled: it
 * ends whole, with the same bits, or without a trace. Not a sample of the orders: all.
 */
class EveryOrderTest {

  private final ManualExecutor executor = new ManualExecutor();
  private final CountedSaved.Log log = new CountedSaved.Log();

  @Test
  void run_that_is_cancelled_anywhere_ends_whole_or_without_a_trace() {
    assertThat(orders((stride, x) -> threeDiamonds(x).adjoint())).isGreaterThan(100);
  }

  @Test
  void accumulate_that_is_cancelled_anywhere_ends_whole_or_without_a_trace() {
    assertThat(orders(this::accumulate)).isGreaterThan(20);
  }

  /** Runs in every order, cancelled everywhere; how many there are. */
  private int orders(BiFunction<Stride, Variable<Double>, Run<?>> start) {
    Double whole = inOrder(start);
    return EveryOrder.of(order -> cancelledAnywhere(order, whole, start));
  }

  private Double inOrder(BiFunction<Stride, Variable<Double>, Run<?>> start) {
    try (Stride stride = Engines.manual(executor)) {
      Variable<Double> x = stride.parameter("x", 1.0);
      Run<?> run = start.apply(stride, x);
      executor.runAll();
      assertThat(run.isDone()).isTrue();
      return x.grad();
    }
  }

  private void cancelledAnywhere(
      EveryOrder order, Double whole, BiFunction<Stride, Variable<Double>, Run<?>> start) {
    try (Stride stride = Engines.manual(executor)) {
      Variable<Double> x = stride.parameter("x", 1.0);
      Run<?> run = start.apply(stride, x);
      boolean cancelled = false;
      boolean asked = false;
      while (executor.pending() > 0 || !asked) {
        int tasks = executor.pending();
        int next = order.choose(tasks + (asked ? 0 : 1));
        if (next < tasks) {
          executor.run(next);
        } else {
          asked = true;
          cancelled = run.cancel();
        }
      }
      assertThat(run.isDone()).isTrue();
      assertThat(run.stage().toCompletableFuture().isCompletedExceptionally()).isEqualTo(cancelled);
      assertThat(x.grad()).isEqualTo(cancelled ? null : whole);
    }
    assertThat(log.closed()).isEqualTo(log.made());
    assertThat(log.closedInUse()).isZero();
  }

  private Run<?> accumulate(Stride stride, Variable<Double> x) {
    Run<?> run = stride.accumulate(List.of(0, 1), 2, item -> item(item, x));
    Waiting.until(() -> executor.pending() == 2);
    return run;
  }

  /** A loss whose graph is begun when that of the item before is ready to run. */
  private Variable<Double> item(int item, Variable<Double> x) {
    Waiting.until(() -> executor.pending() == item);
    return diamond(x, item);
  }

  private Variable<Double> threeDiamonds(Variable<Double> x) {
    return Doubles.sum()
        .weighing(Weight.CHEAP)
        .call((Object) List.of(diamond(x, 0), diamond(x, 1), diamond(x, 2)));
  }

  /** Branches that are tasks of their own, and whose sum depends on its order to the last bit. */
  private Variable<Double> diamond(Variable<Double> x, int number) {
    Variable<Double> left = new Slope(Math.pow(10, number) / 3, log).call(x);
    Variable<Double> right = new Slope(Math.pow(10, -number) / 7, log).call(x);
    return new Slope(1.1, log).call(Doubles.sum().weighing(Weight.CHEAP).call(left, right));
  }

  /** {@code y = k x}, computed at once in forward, and in adjoint by a task, from saved state. */
  private record Slope(double k, CountedSaved.Log log) implements BlockingOperator<Double> {

    @Override
    public Signature signature() {
      return Doubles.unary("test.slope");
    }

    @Override
    public Weight weight(OperatorCall call) {
      return call instanceof AdjointCall ? Weight.COMPUTE : Weight.CHEAP;
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(k * Doubles.x(call)).saving(new CountedSaved(k, 8, log));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      CountedSaved saved = call.saved(CountedSaved.class);
      saved.enter();
      double gradient = saved.value() * Doubles.dy(call);
      saved.leave();
      return Gradients.of(gradient);
    }
  }
}
