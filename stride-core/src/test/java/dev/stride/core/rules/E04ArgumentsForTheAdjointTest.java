package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Halve;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E4. By default an operator's adjoint sees the arguments given to forward; a signature can declare
 * that it does not need them (or only some), and then the engine drops them.
 */
class E04ArgumentsForTheAdjointTest {

  private final Stride stride = Engines.engine();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void adjoint_sees_the_arguments_given_to_forward() {
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> y = Doubles.square().call(x);
    x.set(100.0);
    Waiting.on(y.adjoint());

    assertThat(y.get()).isEqualTo(9.0);
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void adjoint_sees_plain_arguments_too() {
    Variable<Double> a = stride.parameter(1.0);
    Variable<Double> b = stride.parameter(1.0);
    Waiting.on(Doubles.axpy().call(a, 3, b).adjoint());

    assertThat(a.grad()).isEqualTo(1.0);
    assertThat(b.grad()).isEqualTo(3.0);
  }

  @Test
  void arguments_are_kept_by_default() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    Variable<Tensor> y = Tensors.square().call(x);
    Waiting.on(y.value());
    WeakReference<Tensor> value = new WeakReference<>(x.get());
    x.set(Tensor.of(0, 0, 0));
    System.gc();

    assertThat(value.get()).isNotNull();
    assertThat(y.needsGrad()).isTrue();
  }

  @Test
  void arguments_that_the_adjoint_does_not_need_are_dropped() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    WeakReference<Tensor> value = new WeakReference<>(x.get());
    Variable<Tensor> y = Tensors.scale().call(x, 2.0);
    Waiting.on(y.value());
    x.set(Tensor.of(0, 0, 0));

    assertThat(Waiting.collected(value)).isTrue();
    Waiting.on(y.adjoint(Tensor.of(1, 1, 1)));
    assertThat(x.grad()).isEqualTo(Tensor.of(2, 2, 2));
  }

  @Test
  void output_that_the_next_adjoint_does_not_need_is_not_kept_by_the_graph() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    AtomicReference<WeakReference<Tensor>> between = new AtomicReference<>();
    Variable<Tensor> y = scaledTwice(x, between);

    assertThat(Waiting.collected(between.get())).isTrue();
    Waiting.on(y.adjoint(Tensor.of(1, 1, 1)));
    assertThat(x.grad()).isEqualTo(Tensor.of(4, 4, 4));
  }

  private static Variable<Tensor> scaledTwice(
      Variable<Tensor> x, AtomicReference<WeakReference<Tensor>> between) {
    Variable<Tensor> h = Tensors.scale().call(x, 2.0);
    between.set(new WeakReference<>(Waiting.on(h.value())));
    Variable<Tensor> y = Tensors.scale().call(h, 2.0);
    Waiting.on(y.value());
    return y;
  }

  @Test
  void asking_for_a_dropped_argument_is_an_error_that_names_it() {
    BlockingOperator<Double> forgetful =
        LambdaOperator.of(
            Signature.named("test.forgetful")
                .input("x", Double.class)
                .output("y", Double.class)
                .adjointNeeds()
                .build(),
            call -> Outputs.of(Doubles.x(call)),
            call -> Gradients.of(call.value("x", Double.class)));
    Throwable failure = Waiting.failureOf(() -> forgetful.call(stride.parameter(3.0)).adjoint());

    assertThat(failure)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.forgetful");
    assertThat(failure.getCause())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("x");
  }

  @Test
  void outputs_that_the_signature_keeps_are_seen_by_the_adjoint() {
    Variable<Double> x = stride.parameter(2.0);
    Waiting.on(exponential("y").call(x).adjoint());

    assertThat(x.grad()).isEqualTo(Math.exp(2));
  }

  @Test
  void asking_for_an_output_that_is_not_kept_is_an_error_that_says_how_to_keep_it() {
    Throwable failure =
        Waiting.failureOf(() -> exponential().call(stride.parameter(3.0)).adjoint());

    assertThat(failure.getCause())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("`y`")
        .hasMessageContaining("keepsOutputs");
  }

  private static BlockingOperator<Double> exponential(String... kept) {
    return LambdaOperator.of(
        Signature.named("test.exponential")
            .input("x", Double.class)
            .output("y", Double.class)
            .adjointNeeds()
            .keepsOutputs(kept)
            .build(),
        call -> Outputs.of(Math.exp(Doubles.x(call))),
        call -> Gradients.of(Doubles.dy(call) * call.output("y", Double.class)));
  }

  @Test
  void being_differentiable_twice_keeps_nothing_more() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    WeakReference<Tensor> value = new WeakReference<>(x.get());
    Variable<Tensor> y = new Halve(false).call(x, Tensor.of(1, 1));
    Waiting.on(y.value());
    x.set(Tensor.of(0, 0, 0));

    assertThat(Waiting.collected(value)).isTrue();
    Waiting.on(y.adjoint(Tensor.of(1, 1, 1)));
    assertThat(x.grad()).isEqualTo(x.get().map(v -> 0.5));
  }

  @Test
  void shapes_of_dropped_arguments_stay_known_to_recorded_gradients() {
    Variable<Tensor> x = stride.parameter(Tensor.of(3).reshape(Shape.SCALAR));
    Variable<Tensor> pair = stride.parameter(Tensor.of(1, 1));
    Variable<Tensor> constant = new Halve(false).call(x, Tensor.of(1, 1));
    Variable<Tensor> variable = new Halve(false).call(x, pair);

    assertThat(slope(constant, x).item()).isEqualTo(0.5);
    assertThat(slope(variable, x).item()).isEqualTo(0.5);
    assertThat(slope(variable, pair)).isEqualTo(Tensor.of(0, 0));
  }

  private Tensor slope(Variable<Tensor> y, Variable<Tensor> x) {
    return Waiting.on(stride.recordedGradients(y, x).getFirst().value());
  }

  @Test
  void asking_for_a_dropped_argument_on_variables_says_that_its_shape_can_be_had() {
    Variable<Tensor> x = stride.parameter(Tensor.of(3).reshape(Shape.SCALAR));
    Variable<Tensor> y = new Halve(true).call(x, Tensor.of(1, 1));

    assertThatThrownBy(() -> slope(y, x))
        .hasMessageContaining("test.halve")
        .hasStackTraceContaining("`x`")
        .hasStackTraceContaining("like(path)");
  }
}
