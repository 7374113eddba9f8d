package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @ParameterizedTest
  @CsvSource({
    "add, 8, 1, 1",
    "subtract, 4, 1, -1",
    "multiply, 12, 2, 6",
    "divide, 3, 0.5, -1.5",
  })
  void value_and_gradients_of_six_and_two(String name, double value, double da, double db) {
    Variable<Tensor> a = stride.parameter(Tensor.scalar(6.0));
    Variable<Tensor> b = stride.parameter(Tensor.scalar(2.0));
    Variable<Tensor> y = stride.operator(name).call(a, b);
    assertThat(y.get()).isEqualTo(Tensor.scalar(value));
    assertThat(Engines.gradient(y, a)).isEqualTo(Tensor.scalar(da));
    assertThat(b.grad()).isEqualTo(Tensor.scalar(db));
  }

  @Test
  void multiply_by_itself_adds_both_gradients() {
    Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2, 3));
    Variable<Tensor> y = stride.operator("multiply").call(x, x);
    assertThat(y.get()).isEqualTo(Tensor.of(1, 4, 9));
    assertThat(Engines.gradient(stride.operator("sum").call(y), x)).isEqualTo(Tensor.of(2, 4, 6));
  }

  @Test
  void multiply_sums_the_gradient_over_repeated_axes() {
    Variable<Tensor> a = stride.parameter(Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6));
    Variable<Tensor> row = stride.parameter(Tensor.of(10, 20, 30));
    Variable<Tensor> column = stride.parameter(Tensor.of(Shape.of(2, 1), 7f, 8));
    a.times(row).times(column).sum().adjoint().join();
    assertThat(a.grad()).isEqualTo(Tensor.of(Shape.of(2, 3), 70f, 140, 210, 80, 160, 240));
    assertThat(row.grad()).isEqualTo(Tensor.of(7 + 32, 14 + 40, 21 + 48));
    assertThat(column.grad()).isEqualTo(Tensor.of(Shape.of(2, 1), 10f + 40 + 90, 40 + 100 + 180));
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "subtract", "multiply", "divide"})
  void gradient_is_absent_where_it_is_not_needed(String name) {
    Variable<Tensor> a = stride.parameter(Tensor.of(1.0, 2));
    Variable<Tensor> b = stride.variable(Tensor.of(3.0, 4));
    Variable<Tensor> c = stride.parameter(Tensor.of(3.0, 4));
    stride.operator(name).call(a, b).sum().adjoint().join();
    stride.operator(name).call(b, c).sum().adjoint().join();
    assertThat(a.grad()).isNotNull();
    assertThat(b.grad()).isNull();
    assertThat(c.grad()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "subtract", "multiply", "divide"})
  void interleaved_calls_keep_their_own_state(String name) {
    Variable<Tensor> a = stride.parameter(Tensor.of(1.0, 2));
    Variable<Tensor> b = stride.parameter(Tensor.of(3.0, 4, 5));
    Variable<Tensor> first = stride.operator(name).call(a, 2).sum();
    Variable<Tensor> second = stride.operator(name).call(b, 2).sum();
    first.adjoint().join();
    second.adjoint().join();
    double slope = name.equals("multiply") ? 2 : name.equals("divide") ? 0.5 : 1;
    assertThat(a.grad()).isEqualTo(Tensor.full(Shape.of(2), slope, DataType.FLOAT64));
    assertThat(b.grad()).isEqualTo(Tensor.full(Shape.of(3), slope, DataType.FLOAT64));
  }

  @Test
  void number_takes_the_type_of_the_tensor() {
    Variable<Tensor> single = stride.variable(Tensor.of(1, 2));
    Variable<Tensor> twice = stride.variable(Tensor.of(1.0, 2));
    assertThat(single.times(0.1).get()).isEqualTo(Tensor.of(0.1f, 2 * 0.1f));
    assertThat(twice.times(0.1).get()).isEqualTo(Tensor.of(0.1, 0.2));
    assertThat(stride.operator("subtract").call(1, twice).get()).isEqualTo(Tensor.of(0.0, -1));
  }

  @Test
  void tensors_of_two_types_are_refused_with_the_remedy() {
    Variable<Tensor> single = stride.variable(Tensor.of(1, 2));
    Variable<Tensor> twice = stride.variable(Tensor.of(1.0, 2));
    assertThatThrownBy(() -> single.plus(twice).get())
        .hasStackTraceContaining(
            "stride.add: `a` is float32 but `b` is float64. All tensors of a call have one type."
                + " Convert one of them with Tensor.cast(DataType) before the call.");
  }

  @Test
  void shapes_that_do_not_broadcast_are_refused_by_name() {
    Variable<Tensor> a = stride.variable(Tensor.random(4, 3));
    Variable<Tensor> b = stride.variable(Tensor.random(4));
    assertThatThrownBy(() -> a.times(b).get())
        .hasStackTraceContaining(
            "stride.multiply: `a` has shape [4, 3] but `b` has shape [4]; aligned at the last axis,"
                + " extents must be equal or one of them 1. Reshape one of them before the call.");
  }

  @Test
  void divide_by_zero_follows_ieee() {
    Tensor y = stride.operator("divide").call(stride.variable(Tensor.of(1.0, -1, 0)), 0).get();
    assertThat(y.toDoubleArray())
        .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN);
  }

  @Test
  void scale_rounds_the_factor_to_the_type() {
    Variable<Tensor> x = stride.parameter(Tensor.of(3, 5));
    Variable<Tensor> y = stride.operator("scale").call(x, 0.1);
    assertThat(y.get()).isEqualTo(Tensor.of(3 * 0.1f, 5 * 0.1f));
    assertThat(Engines.gradient(y.sum(), x)).isEqualTo(Tensor.of(0.1f, 0.1f));
  }

  @Test
  void large_arrays_give_what_small_ones_give() {
    Tensor x = Tensor.random(Shape.of(100_003), DataType.FLOAT32, 30);
    Variable<Tensor> leaf = stride.parameter(x);
    Variable<Tensor> y = leaf.times(leaf).plus(1);
    assertThat(y.get()).isEqualTo(x.zip(x, (a, b) -> (float) (a * b) + 1));
    assertThat(Engines.gradient(y.sum(), leaf)).isEqualTo(x.times(2));
  }
}
