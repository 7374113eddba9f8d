package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReductionOperatorsTest {

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void sum_and_mean_by_hand() {
    Variable<Tensor> x = stride.parameter(Tensor.of(Shape.of(2, 2), 1f, 2, 3, 6));
    assertThat(x.sum().get()).isEqualTo(Tensor.scalar(12f));
    assertThat(x.mean().get()).isEqualTo(Tensor.scalar(3f));
    assertThat(Engines.gradient(x.mean(), x))
        .isEqualTo(Tensor.full(Shape.of(2, 2), 0.25, DataType.FLOAT32));
  }

  @Test
  void sum_of_nothing_is_zero_and_the_mean_nan() {
    Variable<Tensor> nothing = stride.variable(Tensor.zeros(Shape.of(0, 3), DataType.FLOAT64));
    assertThat(nothing.sum().get()).isEqualTo(Tensor.scalar(0.0));
    assertThat(nothing.mean().get().item()).isNaN();
  }

  @Test
  void mean_of_a_million_in_float32_is_exact() {
    Variable<Tensor> x = stride.variable(Tensor.full(Shape.of(1000, 1000), 0.1, DataType.FLOAT32));
    assertThat(x.mean().get()).isEqualTo(Tensor.scalar(0.1f));
  }

  @Test
  void norms_of_huge_and_of_tiny_numbers_neither_overflow_nor_underflow() {
    Tensor exact = Tensor.of(Shape.of(4, 2), 3e200, 4e200, 3e-200, 4e-200, 3, 4, 0.0, 0.0);
    requireClose(rowNorms(exact), 1e-15, 5e200, 5e-200, 5, 0);
    Tensor single = Tensor.of(Shape.of(4, 2), 3e30f, 4e30f, 3e-30f, 4e-30f, 3, 4, 0, 0);
    requireClose(rowNorms(single), 1e-7, 5e30, 5e-30, 5, 0);
  }

  private static void requireClose(double[] given, double relative, double... right) {
    for (int i = 0; i < right.length; i++) {
      assertThat(given[i]).isCloseTo(right[i], within(relative * right[i]));
    }
  }

  private double[] rowNorms(Tensor x) {
    return stride
        .operator("norm")
        .call(Arguments.of(stride.variable(x)).with("axes", List.of(1)))
        .get()
        .toDoubleArray();
  }

  @Test
  void dot_by_hand() {
    Variable<Tensor> a = stride.parameter(Tensor.of(1, 2, 3));
    Variable<Tensor> b = stride.parameter(Tensor.of(4, 5, 6));
    Variable<Tensor> y = a.dot(b);
    assertThat(y.get()).isEqualTo(Tensor.scalar(32f));
    assertThat(Engines.gradient(y.times(2), a)).isEqualTo(Tensor.of(8, 10, 12));
    assertThat(b.grad()).isEqualTo(Tensor.of(2, 4, 6));
  }

  @Test
  void dot_does_not_broadcast() {
    Variable<Tensor> a = stride.variable(Tensor.random(3));
    assertThatThrownBy(() -> a.dot(stride.variable(Tensor.random(1))).get())
        .hasStackTraceContaining(
            "stride.dot: `a` has shape [3] but `b` has shape [1]; both must be equal.");
  }
}
