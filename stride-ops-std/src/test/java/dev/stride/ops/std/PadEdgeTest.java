package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PadEdgeTest {

  private final Stride stride = Engines.standard();
  private final Operator<Tensor> pad = stride.operator("pad-edge");

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void one_width_pads_all_sides() {
    Variable<Tensor> x = stride.variable(Tensor.of(Shape.of(2, 2), 1f, 2, 3, 4));
    assertThat(pad.call(x, 1).get())
        .isEqualTo(Tensor.of(Shape.of(4, 4), 1f, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4));
  }

  @Test
  void two_widths_per_axis_are_before_and_after() {
    Variable<Tensor> x = stride.variable(Tensor.of(Shape.of(2, 2), 1f, 2, 3, 4));
    assertThat(pad.call(x, 1, 0, 0, 2).get())
        .isEqualTo(Tensor.of(Shape.of(3, 4), 1f, 2, 2, 2, 1, 2, 2, 2, 3, 4, 4, 4));
    assertThat(pad.call(x, 0, 1).get())
        .isEqualTo(Tensor.of(Shape.of(2, 4), 1f, 1, 2, 2, 3, 3, 4, 4));
  }

  @Test
  void adjoint_counts_the_copies_of_each_point() {
    Variable<Tensor> x = stride.parameter(Tensor.zeros(Shape.of(3, 2), DataType.FLOAT32));
    assertThat(Engines.gradient(pad.call(x, 2, 1).sum(), x))
        .isEqualTo(Tensor.of(Shape.of(3, 2), 6f, 6, 2, 2, 6, 6));
  }

  @Test
  void no_width_changes_nothing() {
    Tensor model = Tensor.random(3, 4);
    assertThat(pad.call(stride.variable(model), 0).get()).isEqualTo(model);
  }

  @Test
  void wrong_widths_are_refused() {
    Variable<Tensor> x = stride.variable(Tensor.random(3, 4));
    assertThatThrownBy(() -> pad.call(x, 1, 2, 3).get())
        .hasStackTraceContaining(
            "stride.pad-edge: `widths` has 3 numbers, but `x` has shape [3, 4]. Give one for all"
                + " sides, one per axis, or two per axis.");
    assertThatThrownBy(() -> pad.call(x, -1).get())
        .hasStackTraceContaining("stride.pad-edge: `widths` has -1; a width must not be negative.");
    Variable<Tensor> empty = stride.variable(Tensor.zeros(Shape.of(0, 2), DataType.FLOAT32));
    assertThatThrownBy(() -> pad.call(empty, 1).get())
        .hasStackTraceContaining("axis 0 is empty and has no edge to repeat.");
  }
}
