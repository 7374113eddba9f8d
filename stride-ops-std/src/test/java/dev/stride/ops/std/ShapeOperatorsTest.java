package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.Operator;
import dev.stride.api.Results;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShapeOperatorsTest {

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void reshape_keeps_the_order_of_elements() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3, 4, 5, 6));
    Variable<Tensor> y = x.reshape(Shape.of(2, 3));
    assertThat(y.get()).isEqualTo(Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6));
    y.adjoint(Tensor.of(Shape.of(2, 3), 6f, 5, 4, 3, 2, 1)).join();
    assertThat(x.grad()).isEqualTo(Tensor.of(6, 5, 4, 3, 2, 1));
  }

  @Test
  void reshape_to_another_size_is_refused() {
    Variable<Tensor> x = stride.variable(Tensor.random(2, 3));
    assertThatThrownBy(() -> x.reshape(Shape.of(4)).get())
        .hasStackTraceContaining(
            "stride.reshape: `x` has shape [2, 3] and 6 elements, but `shape` is [4] and has 4.");
  }

  @Test
  void slice_takes_a_box_and_its_adjoint_puts_it_into_zeros() {
    Variable<Tensor> x =
        stride.parameter(Tensor.of(Shape.of(3, 4), 0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    Variable<Tensor> y = stride.operator("slice").call(x, List.of(1, 1), List.of(3, 3));
    assertThat(y.get()).isEqualTo(Tensor.of(Shape.of(2, 2), 5f, 6, 9, 10));
    y.adjoint(Tensor.of(Shape.of(2, 2), 1f, 2, 3, 4)).join();
    assertThat(x.grad()).isEqualTo(Tensor.of(Shape.of(3, 4), 0f, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0));
  }

  @Test
  void slice_may_be_empty() {
    Variable<Tensor> x = stride.variable(Tensor.random(3));
    assertThat(stride.operator("slice").call(x, List.of(2), List.of(2)).get().shape())
        .isEqualTo(Shape.of(0));
  }

  @Test
  void slice_outside_is_refused() {
    Variable<Tensor> x = stride.variable(Tensor.random(3, 4));
    Operator<Tensor> slice = stride.operator("slice");
    assertThatThrownBy(() -> slice.call(x, List.of(0, 1), List.of(3, 5)).get())
        .hasStackTraceContaining(
            "stride.slice: axis 1 of `x`, which has shape [3, 4], is sliced from 1 to 5; it must be"
                + " 0 <= start <= stop <= 4. Correct `start` or `stop`.");
    assertThatThrownBy(() -> slice.call(x, List.of(0), List.of(3)).get())
        .hasStackTraceContaining("stride.slice: `start` has 1 numbers, but `x` has shape [3, 4].");
    assertThatThrownBy(() -> slice.call(x, List.of(0, 0.5), List.of(3, 4)).get())
        .hasStackTraceContaining("stride.slice: `start` has 0.5; it must be a whole number.");
  }

  @Test
  void concatenate_joins_along_the_axis_and_its_adjoint_cuts() {
    Variable<Tensor> a = stride.parameter(Tensor.of(Shape.of(2, 1), 1f, 2));
    Variable<Tensor> b = stride.parameter(Tensor.of(Shape.of(2, 2), 3f, 4, 5, 6));
    Variable<Tensor> y = stride.operator("concatenate").call(List.of(a, b, a), 1);
    assertThat(y.get()).isEqualTo(Tensor.of(Shape.of(2, 4), 1f, 3, 4, 1, 2, 5, 6, 2));
    y.adjoint(Tensor.of(Shape.of(2, 4), 1f, 2, 3, 4, 5, 6, 7, 8)).join();
    assertThat(a.grad()).isEqualTo(Tensor.of(Shape.of(2, 1), 1f + 4, 5 + 8));
    assertThat(b.grad()).isEqualTo(Tensor.of(Shape.of(2, 2), 2f, 3, 6, 7));
  }

  @Test
  void concatenate_names_the_input_that_does_not_fit() {
    Variable<Tensor> a = stride.variable(Tensor.random(2, 3));
    Variable<Tensor> b = stride.variable(Tensor.random(2, 4));
    Operator<Tensor> concatenate = stride.operator("concatenate");
    assertThatThrownBy(() -> concatenate.call(List.of(a, a, b)).get())
        .hasStackTraceContaining(
            "stride.concatenate: `inputs[0]` has shape [2, 3] but `inputs[2]` has shape [2, 4]; all"
                + " extents but that of axis 0 must be equal. Crop, pad or reshape one of them.");
    assertThatThrownBy(() -> concatenate.call(List.of(a, b), 2).get())
        .hasStackTraceContaining(
            "stride.concatenate: `axis` is 2, but `inputs[0]` has shape [2, 3]; it must be from -2"
                + " to 1.");
    Variable<Tensor> single = stride.variable(Tensor.of(Shape.of(1, 3), 1f, 2, 3));
    assertThatThrownBy(() -> concatenate.call(List.of(a, single)).get())
        .hasStackTraceContaining("`inputs[0]` is float64 but `inputs[1]` is float32.");
  }

  @Test
  void split_cuts_into_equal_parts_and_an_unused_one_is_zero() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3, 4, 5, 6));
    Results parts = stride.operator("split").callAll(x, 3);
    assertThat(parts.size()).isEqualTo(3);
    assertThat(parts.get("parts[2]", Tensor.class).get()).isEqualTo(Tensor.of(5, 6));
    Variable<Tensor> first = parts.get("parts[0]", Tensor.class);
    Variable<Tensor> last = parts.get("parts[2]", Tensor.class);
    first.plus(last.times(10)).sum().adjoint().join();
    assertThat(x.grad()).isEqualTo(Tensor.of(1, 1, 0, 0, 10, 10));
  }

  @Test
  void split_by_name_along_the_last_axis() {
    Variable<Tensor> x = stride.variable(Tensor.of(Shape.of(2, 2), 1f, 2, 3, 4));
    Results parts =
        stride.operator("split").callAll(Arguments.of(x).with("count", 2).with("axis", -1));
    assertThat(parts.get("parts[1]", Tensor.class).get())
        .isEqualTo(Tensor.of(Shape.of(2, 1), 2f, 4));
  }

  @Test
  void split_into_unequal_parts_is_refused() {
    Variable<Tensor> x = stride.variable(Tensor.random(7));
    assertThatThrownBy(() -> stride.operator("split").call(x, 2).get())
        .hasStackTraceContaining(
            "stride.split: `x` has shape [7] and axis 0 cannot be cut into `count` = 2 equal parts."
                + " Choose a divisor of 7, or use stride.slice.");
  }
}
