package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
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
}
