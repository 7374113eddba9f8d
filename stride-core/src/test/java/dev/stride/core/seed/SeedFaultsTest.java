package dev.stride.core.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointCall;
import dev.stride.api.AdjointOptions;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Results;
import dev.stride.api.RunCancelledException;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Faults that the Python original has, by their number in the list of those found there: each shows
 * the right answer.
 *
 * <p>Not here: 10 and 16 have more cases under rule E14, 22 and 23 under E8, 38 is the testkit, and
 * 39 is rules E10, E15, E18, E21 and E25.
 */
class SeedFaultsTest {

  private static final AdjointOptions RETAIN = AdjointOptions.defaults().retaining();

  private final Stride stride = Engines.engine();
  private final Variable<Double> a = stride.parameter("a", 3.0);
  private final Variable<Double> b = stride.parameter("b", 5.0);

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void fault01_same_operator_on_two_branches() {
    Operator<Double> square = Doubles.square();
    Waiting.on(Doubles.add().call(square.call(a), square.call(b)).adjoint());

    assertThat(a.grad()).isEqualTo(6.0);
    assertThat(b.grad()).isEqualTo(10.0);
  }

  @Test
  void fault02_same_operator_called_concurrently() {
    CyclicBarrier both = new CyclicBarrier(2);
    Operator<Double> meeting =
        Doubles.function(
            "test.meeting",
            v -> {
              Waiting.on(both);
              return v * v;
            },
            v -> 2 * v);
    Variable<Double> left = meeting.call(a);
    Variable<Double> right = meeting.call(b);
    Waiting.on(left.adjoint());
    Waiting.on(right.adjoint());

    assertThat(a.grad()).isEqualTo(6.0);
    assertThat(b.grad()).isEqualTo(10.0);
  }

  @Test
  void fault03_twelve_outputs_keep_their_order() {
    Results all = Doubles.powers(12).callAll(a);
    Variable<Double> loss = stride.variable(0.0);
    double expected = 0;
    for (int k = 0; k < 12; k++) {
      loss = Doubles.axpy().call(loss, Math.pow(10, k), all.get(k));
      expected += Math.pow(10, k) * (k + 1) * Math.pow(3, k);
    }
    Waiting.on(loss.adjoint());

    assertThat(a.grad())
        .isCloseTo(expected, org.assertj.core.data.Percentage.withPercentage(1e-10));
  }

  @Test
  void fault04_unused_outputs_are_zero_and_shift_nothing() {
    Waiting.on(Doubles.powers(3).callAll(a).get("out2", Double.class).adjoint());
    assertThat(a.grad()).isEqualTo(27.0);
  }

  @Test
  void fault05_seed_zero_is_zero() {
    Waiting.on(Doubles.square().call(a).adjoint(0.0));
    assertThat(a.grad()).isEqualTo(0.0);

    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    Waiting.on(Tensors.square().call(x).adjoint(Tensor.of(0, 1)));
    assertThat(x.grad()).isEqualTo(Tensor.of(0, 4));
  }

  @Test
  void fault06_root_that_is_no_scalar_needs_a_seed() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    assertThat(Waiting.failureOf(() -> Tensors.square().call(x).adjoint()))
        .hasMessageContaining("[2]");
    assertThat(x.grad()).isNull();
  }

  @Test
  void fault07_variables_in_named_arguments_are_tracked() {
    Variable<Double> only = Doubles.square().call(Arguments.of().with("x", a));
    assertThat(only.needsGrad()).isTrue();
    Waiting.on(Doubles.multiply().call(Arguments.of(a).with("b", b)).adjoint());

    assertThat(a.grad()).isEqualTo(5.0);
    assertThat(b.grad()).isEqualTo(3.0);
  }

  @Test
  void fault08_variables_in_lists_are_tracked() {
    Variable<Double> y = Doubles.sum().call(Arguments.of().with("inputs", List.of(a, b)));
    assertThat(y.needsGrad()).isTrue();
    Waiting.on(y.adjoint());

    assertThat(a.grad()).isEqualTo(1.0);
    assertThat(b.grad()).isEqualTo(1.0);
  }

  @Test
  void fault09_gradients_map_to_ports_not_to_the_count_of_variables() {
    Waiting.on(Doubles.axpy().call(a, 3.0, b).adjoint());
    assertThat(a.grad()).isEqualTo(1.0);
    assertThat(b.grad()).isEqualTo(3.0);

    a.clearGrad();
    Waiting.on(Doubles.multiply().call(7.0, a).adjoint());
    assertThat(a.grad()).isEqualTo(7.0);
  }

  @Test
  void fault10_too_many_gradients_are_refused() {
    Operator<Double> wrong =
        Doubles.withAdjoint(call -> Gradients.of(Doubles.dy(call), Doubles.dy(call)));
    assertThat(Waiting.failureOf(() -> wrong.call(a).adjoint()))
        .isInstanceOf(OperatorException.class);
    assertThat(a.grad()).isNull();
  }

  private static final class Foo implements BlockingOperator<Double> {
    @Override
    public Signature signature() {
      return Doubles.unary("test.foo");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(2 * Doubles.x(call));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(2 * Doubles.dy(call));
    }
  }

  private static final class FOO implements BlockingOperator<Double> {
    @Override
    public Signature signature() {
      return Doubles.unary("test.FOO");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(7 * Doubles.x(call));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(7 * Doubles.dy(call));
    }
  }

  @Test
  void fault11_classes_whose_names_differ_in_case_only_are_two_operators() {
    Waiting.on(Doubles.add().call(new Foo().call(a), new FOO().call(b)).adjoint());
    assertThat(a.grad()).isEqualTo(2.0);
    assertThat(b.grad()).isEqualTo(7.0);

    a.clearGrad();
    Waiting.on(new Foo().call(new FOO().call(a)).adjoint());
    assertThat(a.grad()).isEqualTo(14.0);
  }

  @Test
  void fault12_extra_arguments_of_a_run_override_no_argument_of_the_call() {
    Waiting.on(Doubles.axpy().call(a, 3.0, b).adjoint(AdjointOptions.defaults().with("k", 7.0)));
    assertThat(b.grad()).isEqualTo(3.0);
  }

  @Test
  void fault13_needs_grad_is_that_of_the_call_and_no_leaf_drops_silently() {
    Variable<Double> y = Doubles.square().call(a);
    assertThat(a.grad()).isNull();
    Waiting.on(stride.noGrad(() -> y.adjoint(RETAIN)));
    assertThat(a.grad()).isEqualTo(6.0);

    a.clearGrad();
    Waiting.on(y.adjoint());
    assertThat(a.grad()).isEqualTo(6.0);
  }

  @Test
  void fault14_value_replaced_between_forward_and_adjoint_changes_nothing() {
    Variable<Double> y = Doubles.square().call(a);
    a.set(100.0);
    Waiting.on(y.adjoint());
    assertThat(a.grad()).isEqualTo(6.0);
  }

  @Test
  void fault15_what_one_adjoint_does_with_its_cotangent_harms_no_sibling() {
    Operator<Tensor> scaling =
        Tensors.withAdjoint("test.scaling", call -> Gradients.of(call.cotangent().times(4)));
    Variable<Tensor> x = stride.parameter(Tensor.of(1));
    Variable<Tensor> z = stride.parameter(Tensor.of(1));
    Variable<Tensor> y =
        Tensors.add().call(scaling.call(x), Tensors.add().call(Tensors.same().call(z), z));
    Waiting.on(y.adjoint());

    assertThat(x.grad()).isEqualTo(Tensor.of(4));
    assertThat(z.grad()).isEqualTo(Tensor.of(2));
  }

  @Test
  void fault16_gradient_of_another_shape_or_type_is_refused() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    for (Tensor wrong : List.of(Tensor.of(1), Tensor.full(Shape.of(3), 1, DataType.FLOAT64))) {
      Variable<Tensor> y = Tensors.withAdjoint("test.wrong", call -> Gradients.of(wrong)).call(x);
      assertThat(Waiting.failureOf(() -> y.adjoint(Tensor.of(1, 1, 1))))
          .isInstanceOf(OperatorException.class);
    }
    assertThat(x.grad()).isNull();
  }

  @Test
  void fault17_nan_is_found_in_anomaly_mode() {
    Operator<Double> poisoning = Doubles.withAdjoint(call -> Gradients.of(Double.NaN));
    Variable<Double> y = Doubles.square().call(poisoning.call(a));
    assertThat(Waiting.failureOf(() -> y.adjoint(RETAIN.detectingAnomalies())))
        .hasMessageContaining("test.number.custom");
    assertThat(a.grad()).isNull();

    Waiting.on(y.adjoint());
    assertThat(a.grad()).isNaN();
  }

  @Test
  void fault18_scope_without_gradients_flips_no_flag() {
    Variable<Double> inside = stride.noGrad(() -> Doubles.multiply().call(a, b));
    stride.noGrad(() -> stride.noGrad(() -> Doubles.square().call(a)));

    assertThat(inside.needsGrad()).isFalse();
    assertThat(a.needsGrad()).isTrue();
    assertThat(b.needsGrad()).isTrue();
    assertThat(Doubles.square().call(a).needsGrad()).isTrue();
  }

  @Test
  void fault19_names_that_are_prefixes_of_others_are_told_apart() {
    Operator<Double> two = Doubles.twice().named("op");
    Operator<Double> square = Doubles.square().named("op2");
    Variable<Double> x = stride.parameter("op", 3.0);
    Waiting.on(Doubles.add().named("op22").call(two.call(x), square.call(x)).adjoint());
    assertThat(x.grad()).isEqualTo(8.0);
  }

  @Test
  void fault20_operator_that_returns_its_input_leaves_the_leaf_a_leaf() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    Variable<Tensor> y = Tensors.same().call(x);
    Waiting.on(y.adjoint(Tensor.of(1, 1)));

    assertThat(x.isLeaf()).isTrue();
    assertThat(x.needsGrad()).isTrue();
    assertThat(y.isLeaf()).isFalse();
    assertThat(y.get()).isSameAs(x.get());
    assertThat(x.grad()).isEqualTo(Tensor.of(1, 1));
    assertThat(Tensors.same().call(stride.variable(Tensor.of(1))).needsGrad()).isFalse();
  }

  @Test
  void fault21_same_operator_twice_in_a_chain() {
    Operator<Double> square = Doubles.square();
    Variable<Double> y = square.call(square.call(a));
    Waiting.on(y.adjoint());

    assertThat(y.get()).isEqualTo(81.0);
    assertThat(a.grad()).isEqualTo(108.0);
  }

  @Test
  void fault22_building_does_not_grow_exponentially_with_the_depth_of_diamonds() {
    Variable<Double> y = a;
    for (int depth = 0; depth < 1000; depth++) {
      y = Doubles.average().call(y, y);
    }
    assertThat(y.graph().nodes()).hasSize(1001);
    Waiting.on(y.adjoint());
    assertThat(a.grad()).isEqualTo(1.0);
  }

  @Test
  void fault23_chain_of_a_hundred_thousand_runs_and_its_nodes_can_be_copied() {
    Operator<Double> identity = Doubles.identity();
    Variable<Double> y = a;
    for (int i = 0; i < 100_000; i++) {
      y = identity.call(y);
    }
    Waiting.on(y.value());
    assertThat(y.graph().root().copy().next()).hasSize(1);
    Waiting.on(y.adjoint());
    assertThat(a.grad()).isEqualTo(1.0);
  }

  @Test
  void fault24_cotangents_do_not_stay_until_the_end() {
    Variable<Double> y = a;
    for (int i = 0; i < 200; i++) {
      y = Doubles.twice().call(y);
    }
    assertThat(Waiting.on(y.adjoint(1e-60)).peakBytes()).isLessThanOrEqualTo(3 * Double.BYTES);
  }

  @Test
  void fault25_fan_out_is_not_quadratic() {
    Operator<Double> identity = Doubles.identity();
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      parts.add(identity.call(a));
    }
    Waiting.on(Doubles.sum().call(parts.toArray()).adjoint());
    assertThat(a.grad()).isEqualTo(50_000.0);
  }

  @Test
  void fault26_independent_branches_of_an_adjoint_run_together() {
    CyclicBarrier both = new CyclicBarrier(2);
    Operator<Double> meeting =
        Doubles.withAdjoint(call -> {
          Waiting.on(both);
          return Gradients.of(Doubles.dy(call));
        });
    Waiting.on(Doubles.add().call(meeting.call(a), meeting.call(b)).adjoint());
    assertThat(a.grad()).isEqualTo(1.0);
  }

  @Test
  void fault27_second_run_either_works_or_says_why_not() {
    Variable<Double> h = Doubles.square().call(a);
    Variable<Double> y = Doubles.square().call(h);
    Waiting.on(y.adjoint(RETAIN));
    Waiting.on(y.adjoint(RETAIN));
    Waiting.on(h.adjoint());
    assertThat(a.grad()).isEqualTo(108.0 + 108.0 + 6.0);

    assertThat(Waiting.failureOf(y::adjoint)).hasMessageContaining("retain");
    assertThat(a.grad()).isEqualTo(222.0);
  }

  @Test
  void fault28_adjoint_that_throws_midway_leaves_nothing_names_itself_and_can_be_retried() {
    AtomicInteger failures = new AtomicInteger(1);
    Operator<Double> flaky =
        Doubles.withAdjoint(call -> {
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("boom");
          }
          return Gradients.of(Doubles.dy(call));
        });
    Variable<Double> y = Doubles.add().call(Doubles.twice().call(b), flaky.call(a));
    assertThat(Waiting.failureOf(() -> y.adjoint(RETAIN)))
        .hasMessageContaining("test.number.custom")
        .hasMessageContaining("boom");
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isNull();

    Waiting.on(y.adjoint());
    assertThat(a.grad()).isEqualTo(1.0);
    assertThat(b.grad()).isEqualTo(2.0);
  }

  @Test
  void fault29_inputs_are_not_held_after_a_failed_forward() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    WeakReference<Tensor> value = new WeakReference<>(x.get());
    Variable<Tensor> failed =
        Tensors.withForward(
                "test.failing",
                call -> {
                  throw new IllegalStateException("boom");
                })
            .call(x);
    Waiting.failureOf(failed.value());
    x.set(Tensor.of(0));

    assertThat(Waiting.collected(value)).isTrue();
    assertThat(failed.isDone()).isTrue();
  }

  @Test
  void fault29_inputs_are_not_held_for_outputs_that_nobody_holds() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    WeakReference<Tensor> value = new WeakReference<>(x.get());
    Waiting.on(Tensors.square().call(x).value());
    x.set(Tensor.of(0));
    assertThat(Waiting.collected(value)).isTrue();
  }

  @Test
  @SuppressWarnings("unchecked")
  void fault30_gradient_of_an_intermediate_can_be_had() {
    Variable<Double> h = Doubles.square().call(a);
    Variable<Double> y = Doubles.square().call(h);
    assertThat(Waiting.on(stride.gradients(y, h))).containsExactly(18.0);
  }

  @Test
  void fault31_forward_that_returns_nothing_is_an_error_that_names_it() {
    Operator<Double> nothing =
        LambdaOperator.of(Doubles.unary("test.nothing"), call -> null, call -> Gradients.of(0.0));
    assertThat(Waiting.failureOf(nothing.call(a).value()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.nothing");
  }

  @Test
  void fault32_list_of_gradients_for_one_port_is_refused() {
    Operator<Double> listing = Doubles.withAdjoint(call -> Gradients.of(List.of(Doubles.dy(call))));
    assertThat(Waiting.failureOf(() -> listing.call(a).adjoint()))
        .isInstanceOf(OperatorException.class);
    assertThat(a.grad()).isNull();
  }

  @Test
  void fault33_automatic_names_are_unique() {
    assertThat(stride.variable(1.0).name()).isNotEqualTo(stride.variable(1.0).name());
  }

  @Test
  void fault34_pending_arguments_arrive_in_their_places() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> pending = gate.call(b);
    Variable<Double> y = Doubles.axpy().call(Arguments.of(pending, 7).with("b", pending));
    gate.passForward();

    assertThat(Waiting.on(y.value())).isEqualTo(40.0);
  }

  @Test
  void fault35_gradient_with_two_consumers_outlives_the_first() {
    GatedOperator late = GatedOperator.inAdjoint();
    Variable<Double> h = Doubles.square().call(a);
    Variable<Double> y = Doubles.multiply().call(late.call(h), Doubles.twice().call(h));
    var run = y.adjoint();
    GatedOperator.Pending<AdjointCall, Gradients> pending = late.nextAdjoint();
    Waiting.until(() -> run.statistics().visited() >= 2);
    System.gc();
    double cotangent = pending.call().cotangent("y", Double.class);
    pending.complete(Gradients.of(cotangent));
    Waiting.on(run);

    assertThat(cotangent).isEqualTo(18.0);
    assertThat(a.grad()).isEqualTo(4 * 9 * 6.0);
  }

  @Test
  void fault36_arity_is_checked_for_asynchronous_operators_too() {
    GatedOperator gate = GatedOperator.inAdjoint();
    var run = gate.call(a).adjoint();
    gate.nextAdjoint().complete(Gradients.of(1.0, 2.0));
    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(OperatorException.class);
    assertThat(a.grad()).isNull();
  }

  @Test
  void fault37_order_of_arrival_does_not_change_the_sum() {
    List<Float> sums = Collections.synchronizedList(new ArrayList<>());
    for (long seed = 0; seed < 20; seed++) {
      ManualExecutor executor = new ManualExecutor();
      try (Stride manual = Engines.manual(executor)) {
        Variable<Tensor> x = manual.parameter(Tensor.of(1));
        Variable<Tensor> sum = Tensors.scale().call(x, 1.0);
        for (int i = 0; i < 12; i++) {
          sum = Tensors.add().call(sum, Tensors.scale().call(x, Math.pow(10, i - 6) / 3));
        }
        executor.runAllShuffled(seed);
        var run = sum.adjoint();
        executor.runAllShuffled(seed);
        executor.runUntil(run::isDone);
        sums.add((float) x.grad().item());
      }
    }
    assertThat(sums).containsOnly(sums.getFirst());
  }

  @Test
  void fault39_run_can_be_cancelled() {
    CountedSaved.Log log = new CountedSaved.Log();
    GatedOperator gate = GatedOperator.inAdjoint();
    Operator<Double> saving =
        LambdaOperator.of(
            Doubles.unary("test.saving"),
            call -> Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 8, log)),
            call -> Gradients.of(Doubles.dy(call)));
    var run = gate.call(saving.call(a)).adjoint();
    GatedOperator.Pending<?, Gradients> pending = gate.nextAdjoint();
    run.cancel();
    pending.complete(Gradients.of(1.0));

    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(RunCancelledException.class);
    Waiting.until(() -> log.open() == 0);
    assertThat(a.grad()).isNull();
  }
}
