package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documentation says of kinks, ties and ends of domains. */
class ElementKinksTest {

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @ParameterizedTest
  @CsvSource({
    "relu, 0, 0, 0",
    "relu, 2, 2, 1",
    "relu, -2, 0, 0",
    "abs, 0, 0, 0",
    "abs, -3, 3, -1",
    "leaky-relu, 0, 0, 0.01",
    "leaky-relu, -2, -0.02, 0.01",
    "sqrt, 0, 0, Infinity",
    "reciprocal, 0, Infinity, -Infinity",
    "log, 0, -Infinity, Infinity",
    "sigmoid, -800, 0, 0",
    "sigmoid, 800, 1, 0",
    "softplus, -800, 0, 0",
    "softplus, 800, 800, 1",
    "tanh, 800, 1, 0",
    "erf, 30, 1, 0"
  })
  void value_and_slope_of_one_element(String name, double x, double value, double slope) {
    Variable<Tensor> leaf = stride.parameter(Tensor.scalar(x));
    Variable<Tensor> y = stride.operator(name).call(leaf);
    assertThat(y.get().item()).isEqualTo(value);
    assertThat(Engines.gradient(y, leaf).item()).isEqualTo(slope);
  }

  @Test
  void a_tie_of_two_is_shared() {
    for (String name : new String[] {"minimum", "maximum"}) {
      Variable<Tensor> a = stride.parameter(Tensor.of(1.0, 2, 3));
      Variable<Tensor> b = stride.parameter(Tensor.of(2.0, 2, 2));
      stride.operator(name).call(a, b).sum().adjoint().join();
      assertThat(a.grad())
          .isEqualTo(name.equals("minimum") ? Tensor.of(1, 0.5, 0) : Tensor.of(0, 0.5, 1));
      assertThat(b.grad())
          .isEqualTo(name.equals("minimum") ? Tensor.of(0, 0.5, 1) : Tensor.of(1, 0.5, 0));
    }
  }

  @Test
  void clamp_passes_the_cotangent_at_its_bounds() {
    Variable<Tensor> x = stride.parameter(Tensor.of(-2.0, -1, 0, 1, 2));
    Variable<Tensor> y = stride.operator("clamp").call(x, -1, 1);
    assertThat(y.get()).isEqualTo(Tensor.of(-1.0, -1, 0, 1, 1));
    assertThat(Engines.gradient(y.sum(), x)).isEqualTo(Tensor.of(0.0, 1, 1, 1, 0));
  }

  @Test
  void clamp_refuses_bounds_in_the_wrong_order() {
    Variable<Tensor> x = stride.variable(Tensor.of(1.0));
    assertThatThrownBy(() -> stride.operator("clamp").call(x, 2, 1).get())
        .hasStackTraceContaining(
            "stride.clamp: `low` is 2.0 and `high` is 1.0; it must be low <= high.");
  }

  @Test
  void smooth_abs_refuses_an_epsilon_that_is_not_positive() {
    Variable<Tensor> x = stride.variable(Tensor.of(1.0));
    assertThatThrownBy(() -> stride.operator("smooth-abs").call(x, 0).get())
        .hasStackTraceContaining("stride.smooth-abs: `epsilon` is 0.0; it must be positive.");
  }

  @Test
  void where_does_not_let_the_branch_that_is_not_taken_spoil_the_gradient() {
    Variable<Tensor> x = stride.parameter(Tensor.of(0.0, 4));
    Variable<Tensor> root =
        stride.operator("where").call(Tensor.of(0.0, 1), x.sqrt(), x.times(0.5));
    assertThat(root.get()).isEqualTo(Tensor.of(0.0, 2));
    assertThat(Engines.gradient(stride.operator("where").call(Tensor.of(0.0, 1), x, 3).sum(), x))
        .isEqualTo(Tensor.of(0.0, 1));
  }

  @Test
  void a_variable_exponent_has_a_gradient() {
    Variable<Tensor> x = stride.parameter(Tensor.of(2.0, 0, 3));
    Variable<Tensor> exponent = stride.parameter(Tensor.of(3.0, 2, 0));
    Variable<Tensor> y = stride.operator("power").call(x, exponent);
    assertThat(y.get()).isEqualTo(Tensor.of(8.0, 0, 1));
    assertThat(Engines.gradient(y.sum(), x)).isEqualTo(Tensor.of(12.0, 0, 0));
    Tensor slope = Objects.requireNonNull(exponent.grad());
    assertThat(slope.at(0)).isCloseTo(8 * Math.log(2), within(1e-15));
    assertThat(slope.at(1)).isZero();
    assertThat(slope.at(2)).isCloseTo(Math.log(3), within(1e-15));
  }

  @Test
  void nan_passes_through_every_kink() {
    for (String name : new String[] {"relu", "abs", "leaky-relu", "erf", "sigmoid", "softplus"}) {
      Variable<Tensor> x = stride.variable(Tensor.scalar(Double.NaN));
      assertThat(stride.operator(name).call(x).get().item()).as(name).isNaN();
    }
  }
}
