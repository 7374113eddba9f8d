package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.Golden;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E13. Seed: 1 for a scalar root; required otherwise, with both shapes in the error; a zero seed
 * stays zero; shape and type are checked.
 */
class E13SeedTest {

  private final Stride stride = Engines.engine();
  private final Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2, 3));

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void seed_of_a_scalar_root_is_one() {
    Waiting.on(Tensors.sum().call(x).adjoint());
    assertThat(x.grad()).isEqualTo(Tensor.of(1, 1, 1));
  }

  @Test
  void tensor_of_one_element_is_a_scalar_root() {
    Variable<Tensor> one = stride.parameter(Tensor.of(3));
    Waiting.on(Tensors.square().call(one).adjoint());
    assertThat(one.grad()).isEqualTo(Tensor.of(6));
  }

  @Test
  void root_that_is_no_scalar_needs_a_seed() {
    Variable<Tensor> y = Tensors.square().call(x);
    Throwable failure = Waiting.failureOf(y::adjoint);

    assertThat(failure).hasMessageContaining(y.name()).hasMessageContaining("[3]");
    Golden.assertMatches("no-seed", failure);
    assertThat(x.grad()).isNull();
  }

  @Test
  void root_without_a_seed_can_be_run_with_one_after_the_error() {
    Variable<Tensor> y = Tensors.square().call(x);
    Waiting.on(y.value());
    Waiting.failureOf(y::adjoint);
    Waiting.on(y.adjoint(Tensor.of(1, 1, 1)));
    assertThat(x.grad()).isEqualTo(Tensor.of(2, 4, 6));
  }

  @Test
  void root_whose_value_is_pending_needs_a_seed_too() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> g = gate.call(stride.parameter(1.0));
    var run = Doubles.square().call(g).adjoint();
    gate.passForward();
    Waiting.on(run);
  }

  @Test
  void seed_scales_the_gradient() {
    Waiting.on(Tensors.square().call(x).adjoint(Tensor.of(1, 10, 100)));
    assertThat(x.grad()).isEqualTo(Tensor.of(2, 40, 600));
  }

  @Test
  void zero_seed_stays_zero() {
    Variable<Double> a = stride.parameter(3.0);
    Waiting.on(Doubles.square().call(a).adjoint(0.0));
    assertThat(a.grad()).isEqualTo(0.0);

    Waiting.on(Tensors.sum().call(x).adjoint(Tensor.scalar(0f)));
    assertThat(x.grad()).isEqualTo(Tensor.of(0, 0, 0));
  }

  @Test
  void seed_of_another_shape_is_refused_with_both_shapes() {
    Variable<Tensor> y = Tensors.square().call(x);
    assertThat(Waiting.failureOf(() -> y.adjoint(Tensor.of(1, 2))))
        .hasMessageContaining("[3]")
        .hasMessageContaining("[2]")
        .hasMessageContaining(y.name());
    assertThat(x.grad()).isNull();
  }

  @Test
  void seed_of_another_type_is_refused_with_both_types() {
    Variable<Tensor> y = Tensors.square().call(x);
    assertThat(Waiting.failureOf(() -> y.adjoint(Tensor.full(Shape.of(3), 1, DataType.FLOAT64))))
        .hasMessageContaining("float32")
        .hasMessageContaining("float64");
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void seed_of_another_class_is_refused() {
    Variable y = Tensors.square().call(x);
    assertThat(Waiting.failureOf(() -> y.adjoint("one"))).hasMessageContaining("String");
  }

  @Test
  void nan_seed_is_not_masked() {
    Waiting.on(Tensors.square().call(x).adjoint(Tensor.of(Float.NaN, 1f, 1f)));
    assertThat(x.grad()).isEqualTo(Tensor.of(Float.NaN, 4f, 6f));
  }
}
