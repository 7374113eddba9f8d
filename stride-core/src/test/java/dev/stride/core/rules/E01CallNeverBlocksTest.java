package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * E1. {@code call} never blocks and never runs an expensive operator on the caller's thread. An
 * operator declares its weight: CHEAP (may run inline when its inputs are ready), COMPUTE (the
 * default: the bounded executor) or BLOCKING (virtual threads). The one exception to never blocking
 * is a configured bound on unfinished work (off by default, never applied on engine threads).
 */
class E01CallNeverBlocksTest {

  private static LambdaOperator<Double> watching(Weight weight, AtomicReference<Thread> thread) {
    return LambdaOperator.<Double>of(
            Doubles.unary("test.watching"),
            call -> {
              thread.set(Thread.currentThread());
              return Outputs.of(Doubles.x(call));
            },
            call -> {
              thread.set(Thread.currentThread());
              return Gradients.of(Doubles.dy(call));
            })
        .weighing(weight);
  }

  @Test
  void call_returns_before_its_operator_has_run() {
    ManualExecutor executor = new ManualExecutor();
    try (Stride stride = Engines.manual(executor)) {
      Variable<Double> y = Doubles.square().call(stride.parameter(3.0));

      assertThat(y.isDone()).isFalse();
      executor.runAll();
      assertThat(y.isDone()).isTrue();
      assertThat(y.get()).isEqualTo(9.0);
    }
  }

  @Test
  void call_returns_when_its_inputs_never_come() {
    GatedOperator gate = GatedOperator.inForward();
    try (Stride stride = Engines.engine()) {
      Variable<Double> y = Doubles.identity().call(gate.call(stride.parameter(1.0)));
      Variable<Double> z = Doubles.square().call(y);

      assertThat(z.isDone()).isFalse();
      gate.passForward();
      assertThat(Waiting.on(z.value())).isEqualTo(1.0);
    }
  }

  @Test
  void compute_is_the_default_weight() {
    assertThat(Doubles.square().weight()).isEqualTo(Weight.COMPUTE);
    assertThat(GatedOperator.inForward().weight()).isEqualTo(Weight.COMPUTE);
  }

  @Test
  void compute_never_runs_on_the_callers_thread() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    try (Stride stride = Engines.engine()) {
      Variable<Double> y = watching(Weight.COMPUTE, thread).call(stride.parameter(3.0));
      Waiting.on(y.value());
      assertThat(thread.get()).isNotNull().isNotSameAs(Thread.currentThread());

      thread.set(null);
      Waiting.on(y.adjoint());
      assertThat(thread.get()).isNotNull().isNotSameAs(Thread.currentThread());
    }
  }

  @Test
  void compute_uses_no_more_threads_than_configured() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (Stride stride = Engines.builder().threads(2).build()) {
      Variable<Double> x = stride.parameter(1.0);
      List<Variable<Double>> all = new ArrayList<>();
      LambdaOperator<Double> operator =
          Doubles.function(
              "test.where",
              v -> {
                threads.add(Thread.currentThread());
                return v;
              },
              v -> 1);
      for (int i = 0; i < 200; i++) {
        all.add(operator.call(x));
      }
      all.forEach(v -> Waiting.on(v.value()));

      assertThat(threads).hasSizeBetween(1, 2);
      assertThat(threads).noneMatch(Thread::isVirtual);
    }
  }

  @Test
  void cheap_gives_the_same_value_whether_or_not_inputs_are_ready() {
    GatedOperator gate = GatedOperator.inForward();
    try (Stride stride = Engines.engine()) {
      Variable<Double> x = stride.parameter(7.0);
      Variable<Double> ready = Doubles.identity().call(x);
      Variable<Double> pending = Doubles.identity().call(gate.call(x));
      gate.passForward();

      assertThat(Waiting.on(ready.value())).isEqualTo(7.0);
      assertThat(Waiting.on(pending.value())).isEqualTo(7.0);
    }
  }

  @Test
  void blocking_runs_on_a_virtual_thread() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    try (Stride stride = Engines.engine()) {
      Variable<Double> y = watching(Weight.BLOCKING, thread).call(stride.parameter(3.0));
      Waiting.on(y.value());
      assertThat(thread.get().isVirtual()).isTrue();

      thread.set(null);
      Waiting.on(y.adjoint());
      assertThat(thread.get().isVirtual()).isTrue();
    }
  }

  @Test
  void blocking_operators_that_wait_leave_the_executor_free() {
    CountDownLatch open = new CountDownLatch(1);
    LambdaOperator<Double> waiting =
        Doubles.function(
                "test.waiting",
                v -> {
                  Waiting.on(open);
                  return v;
                },
                v -> 1)
            .weighing(Weight.BLOCKING);
    try (Stride stride = Engines.builder().threads(1).build()) {
      Variable<Double> x = stride.parameter(2.0);
      List<Variable<Double>> blocked = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        blocked.add(waiting.call(x));
      }
      assertThat(Waiting.on(Doubles.square().call(x).value())).isEqualTo(4.0);

      open.countDown();
      blocked.forEach(y -> assertThat(Waiting.on(y.value())).isEqualTo(2.0));
    } finally {
      open.countDown();
    }
  }

  /** Waits only when it is told to by its argument. */
  private static final class SometimesBlocking implements dev.stride.api.BlockingOperator<Double> {
    private final AtomicReference<Thread> thread = new AtomicReference<>();

    @Override
    public Signature signature() {
      return Doubles.unary("test.sometimes");
    }

    @Override
    public Weight weight(OperatorCall call) {
      return call.value("x", Double.class) > 10 ? Weight.BLOCKING : Weight.COMPUTE;
    }

    @Override
    public Outputs forward(ForwardCall call) {
      thread.set(Thread.currentThread());
      return Outputs.of(Doubles.x(call));
    }

    @Override
    public Gradients adjoint(dev.stride.api.AdjointCall call) {
      return Gradients.of(Doubles.dy(call));
    }
  }

  @Test
  void weight_of_the_very_call_decides() {
    SometimesBlocking operator = new SometimesBlocking();
    try (Stride stride = Engines.engine()) {
      Waiting.on(operator.call(stride.parameter(100.0)).value());
      assertThat(operator.thread.get().isVirtual()).isTrue();

      Waiting.on(operator.call(stride.parameter(1.0)).value());
      assertThat(operator.thread.get().isVirtual()).isFalse();
    }
  }

  @Test
  void call_waits_only_when_a_bound_on_unfinished_work_is_reached() {
    GatedOperator gate = GatedOperator.inForward();
    try (Stride stride = Engines.builder().maximumUnfinished(2).build()) {
      Variable<Double> x = stride.parameter(1.0);
      gate.call(x);
      gate.call(x);
      CountDownLatch returned = new CountDownLatch(1);
      Thread third =
          Thread.ofPlatform()
              .start(() -> {
                gate.call(x);
                returned.countDown();
              });
      Waiting.until(() ->
          third.getState() == Thread.State.WAITING
              || third.getState() == Thread.State.TIMED_WAITING);
      assertThat(returned.getCount()).isEqualTo(1);

      gate.passForward();
      Waiting.on(returned);
      gate.passForward();
      gate.passForward();
    }
  }

  @Test
  void bound_on_unfinished_work_does_not_hold_engine_threads() {
    try (Stride stride = Engines.builder().threads(1).maximumUnfinished(1).build()) {
      Variable<Double> x = stride.parameter(1.0);
      Waiting.on(
          stride.accumulate(
              List.of(1, 2, 3),
              1,
              item -> {
                Variable<Double> y = x;
                for (int i = 0; i < 10; i++) {
                  y = Doubles.twice().call(y);
                }
                return y;
              }));

      assertThat(x.grad()).isEqualTo(3 * 1024.0);
    }
  }
}
