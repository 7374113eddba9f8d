package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E15. {@code stride.gradients(loss, wrt...)} returns gradients without touching leaves; several
 * roots can be run as one; an intermediate's gradient can be asked for.
 */
class E15GradientsTest {

  private final Stride stride = Engines.engine();
  private final Variable<Double> a = stride.parameter("a", 3.0);
  private final Variable<Double> b = stride.parameter("b", 5.0);

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  @SuppressWarnings("unchecked")
  void gradients_are_returned_in_the_order_asked_for() {
    Variable<Double> y = Doubles.multiply().call(a, Doubles.square().call(b));
    assertThat(Waiting.on(stride.gradients(y, b, a))).containsExactly(30.0, 25.0);
  }

  @Test
  @SuppressWarnings("unchecked")
  void leaves_are_not_touched() {
    Waiting.on(Doubles.twice().call(a).adjoint());
    Variable<Double> y = Doubles.multiply().call(a, b);
    assertThat(Waiting.on(stride.gradients(y, a))).containsExactly(5.0);

    assertThat(a.grad()).isEqualTo(2.0);
    assertThat(b.grad()).isNull();
  }

  @Test
  @SuppressWarnings("unchecked")
  void gradient_of_an_intermediate_can_be_asked_for() {
    Variable<Double> h = Doubles.square().call(a);
    Variable<Double> y = Doubles.square().call(h);
    assertThat(Waiting.on(stride.gradients(y, h, a))).containsExactly(18.0, 108.0);
  }

  @Test
  @SuppressWarnings("unchecked")
  void gradient_of_the_root_itself_is_the_seed() {
    Variable<Double> y = Doubles.square().call(a);
    assertThat(Waiting.on(stride.gradients(y, y))).containsExactly(1.0);
  }

  @Test
  @SuppressWarnings("unchecked")
  void gradient_of_something_independent_is_zero_of_its_shape() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    Variable<Tensor> other = stride.parameter(Tensor.of(1, 2, 3));
    assertThat(Waiting.on(stride.gradients(Tensors.sum().call(x), x, other)))
        .containsExactly(Tensor.of(1, 1), Tensor.of(0, 0, 0));
  }

  @Test
  @SuppressWarnings("unchecked")
  void gradients_of_nothing_but_independent_variables_are_zero_and_call_no_adjoint() {
    Variable<Double> y = Doubles.square().call(a);
    Run<List<Double>> run = stride.gradients(y, b);
    assertThat(Waiting.on(run)).containsExactly(0.0);
    assertThat(run.statistics().visited()).isZero();
  }

  @Test
  void root_that_reaches_nothing_asked_for_is_not_visited() {
    List<Seeded<Double>> roots =
        List.of(
            new Seeded<>(Doubles.square().call(a), null),
            new Seeded<>(Doubles.square().call(b), null));
    Run<List<Double>> run = stride.gradients(roots, List.of(a), AdjointOptions.defaults());
    assertThat(Waiting.on(run)).containsExactly(6.0);
    assertThat(run.statistics().visited()).isEqualTo(2);
  }

  @Test
  @SuppressWarnings("unchecked")
  void same_variable_can_be_asked_for_twice() {
    assertThat(Waiting.on(stride.gradients(Doubles.square().call(a), a, a)))
        .containsExactly(6.0, 6.0);
  }

  @Test
  void several_roots_run_as_one_and_visit_what_they_share_once() {
    AtomicInteger adjoints = new AtomicInteger();
    BlockingOperator<Double> counted =
        LambdaOperator.of(
            Doubles.unary("test.counted"),
            call -> Outputs.of(Doubles.x(call)),
            call -> {
              adjoints.incrementAndGet();
              return Gradients.of(Doubles.dy(call));
            });
    Variable<Double> shared = counted.call(a);
    Variable<Double> first = Doubles.square().call(shared);
    Variable<Double> second = Doubles.twice().call(shared);
    Waiting.on(
        stride.adjoint(
            List.of(new Seeded<>(first, null), new Seeded<>(second, 10.0)),
            AdjointOptions.defaults()));

    assertThat(adjoints).hasValue(1);
    assertThat(a.grad()).isEqualTo(26.0);
  }

  @Test
  void one_root_may_be_an_ancestor_of_another() {
    Variable<Double> h = Doubles.square().call(a);
    Variable<Double> y = Doubles.square().call(h);
    Waiting.on(
        stride.adjoint(
            List.of(new Seeded<>(y, null), new Seeded<>(h, 1.0)), AdjointOptions.defaults()));
    assertThat(a.grad()).isEqualTo(108.0 + 6.0);
  }

  @Test
  void several_roots_give_gradients_without_touching_leaves() {
    Variable<Double> first = Doubles.square().call(a);
    Variable<Double> second = Doubles.multiply().call(a, b);
    List<Double> gradients =
        Waiting.on(
            stride.gradients(
                List.of(new Seeded<>(first, null), new Seeded<>(second, 2.0)),
                List.of(a, b),
                AdjointOptions.defaults()));

    assertThat(gradients).containsExactly(16.0, 6.0);
    assertThat(a.grad()).isNull();
  }

  @Test
  @SuppressWarnings("unchecked")
  void gradients_release_the_graph_unless_it_is_retained() {
    Variable<Double> y = Doubles.square().call(a);
    Waiting.on(
        stride.gradients(
            List.of(new Seeded<>(y, null)), List.of(a), AdjointOptions.defaults().retaining()));
    Waiting.on(stride.gradients(y, a));

    assertThat(Waiting.failureOf(() -> stride.gradients(y, a))).hasMessageContaining("retain");
  }

  @Test
  @SuppressWarnings("unchecked")
  void gradients_with_respect_to_two_outputs_of_one_call() {
    var all = Doubles.powers(3).callAll(a);
    Variable<Double> second = all.get("out1", Double.class);
    Variable<Double> third = all.get("out2", Double.class);
    Variable<Double> y = Doubles.multiply().call(second, third);
    assertThat(Waiting.on(stride.gradients(y, second, third, a)))
        .containsExactly(27.0, 9.0, 5 * 81.0);
  }

  @Test
  void same_root_twice_adds_both_seeds() {
    Variable<Double> y = Doubles.square().call(a);
    Waiting.on(
        stride.adjoint(
            List.of(new Seeded<>(y, 1.0), new Seeded<>(y, 10.0)), AdjointOptions.defaults()));
    assertThat(a.grad()).isEqualTo(66.0);
  }

  @Test
  void leaf_may_be_one_of_several_roots() {
    Variable<Double> y = Doubles.square().call(a);
    Waiting.on(
        stride.adjoint(
            List.of(new Seeded<>(a, 100.0), new Seeded<>(y, 1.0)), AdjointOptions.defaults()));
    assertThat(a.grad()).isEqualTo(106.0);
  }
}
