package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.DataType;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementFunctionTest {

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 0, 1, 1",
    "log, 4, 1.3862943611198906, 0.25",
    "sqrt, 9, 3, 0.16666666666666666"
  })
  void value_and_gradient_by_hand(String name, double x, double value, double slope) {
    Variable<Tensor> leaf = stride.parameter(Tensor.scalar(x));
    Variable<Tensor> y = stride.operator(name).call(leaf);
    assertThat(y.get().item()).isCloseTo(value, within(2 * Math.ulp(value)));
    assertThat(Engines.gradient(y, leaf).item()).isCloseTo(slope, within(1e-16));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 9, 6",
    "2, -1, 0.5, -0.25",
    "4, 0.5, 2, 0.25",
    "7, 0, 1, 0",
    "0, 0, 1, 0",
    "0, 1, 0, 1",
    "0, 2, 0, 0",
    "-2, 3, -8, 12"
  })
  void power_and_its_gradient_by_hand(double x, double exponent, double value, double slope) {
    Variable<Tensor> leaf = stride.parameter(Tensor.scalar(x));
    Variable<Tensor> y = stride.operator("power").call(leaf, exponent);
    assertThat(y.get().item()).isEqualTo(value);
    assertThat(Engines.gradient(y, leaf).item()).isEqualTo(slope);
  }

  @ParameterizedTest
  @CsvSource({
    "log, 0, -Infinity",
    "log, -1, NaN",
    "sqrt, -1, NaN",
    "exp, 1000, Infinity",
    "exp, NaN, NaN",
    "log, Infinity, Infinity"
  })
  void outside_the_domain_follows_ieee(String name, double x, double value) {
    Variable<Tensor> leaf = stride.variable(Tensor.scalar(x));
    assertThat(stride.operator(name).call(leaf).get()).isEqualTo(Tensor.scalar(value));
  }

  @Test
  void power_of_a_negative_number_to_half_is_nan() {
    assertThat(stride.variable(Tensor.scalar(-4.0)).pow(0.5).get().item()).isNaN();
  }

  @Test
  void float32_is_right_to_a_unit_of_the_last_digit() {
    Tensor x = Tensor.random(33, 1000).map(v -> 1 + v * v).cast(DataType.FLOAT32);
    requireClose(stride.variable(x).log().get(), x, Math::log);
    requireClose(stride.variable(x).exp().get(), x, Math::exp);
  }

  private static void requireClose(Tensor y, Tensor x, DoubleUnaryOperator function) {
    for (int i = 0; i < x.size(); i++) {
      double right = function.applyAsDouble(x.at(i));
      assertThat(y.at(i)).isCloseTo(right, within(2.0 * Math.ulp((float) right)));
    }
  }

  @Test
  void interleaved_calls_keep_their_own_result() {
    Variable<Tensor> a = stride.parameter(Tensor.of(0.0, 1));
    Variable<Tensor> b = stride.parameter(Tensor.of(2.0, 3, 4));
    Variable<Tensor> first = a.exp().sum();
    Variable<Tensor> second = b.exp().sum();
    first.adjoint().join();
    second.adjoint().join();
    assertThat(a.grad()).isEqualTo(stride.variable(Tensor.of(0.0, 1)).exp().get());
    assertThat(b.grad()).isEqualTo(stride.variable(Tensor.of(2.0, 3, 4)).exp().get());
    assertThat(Objects.requireNonNull(a.grad()).at(1))
        .isCloseTo(Math.E, within(2 * Math.ulp(Math.E)));
  }
}
