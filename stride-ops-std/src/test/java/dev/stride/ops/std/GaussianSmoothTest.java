package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GaussianSmoothTest {

  private final Stride stride = Engines.standard();
  private final Operator<Tensor> smooth = stride.operator("gaussian-smooth");

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void three_points_by_hand() {
    double w = Math.exp(-0.5);
    double v = Math.exp(-2);
    Variable<Tensor> x = stride.variable(Tensor.of(1.0, 0, 0));
    assertThat(smooth.call(x, 1).get().toDoubleArray())
        .containsExactly(
            new double[] {1 / (1 + w + v), w / (1 + 2 * w), v / (1 + w + v)}, within(1e-15));
  }

  @Test
  void sigma_per_axis_leaves_an_axis_of_zero_alone() {
    Tensor field = Tensor.of(Shape.of(2, 3), 1.0, 1, 1, 5, 5, 5);
    Tensor smoothed = smooth.call(stride.variable(field), 0, 2).get();
    assertThat(smoothed.minus(field).norm()).isLessThan(1e-14);
  }

  @Test
  void gradient_of_a_sum_is_not_one_near_edges() {
    Variable<Tensor> x = stride.parameter(Tensor.zeros(Shape.of(40), DataType.FLOAT64));
    Tensor gradient = Engines.gradient(smooth.call(x, 2).sum(), x);
    assertThat(gradient.at(20)).isCloseTo(1, within(1e-14));
    assertThat(Math.abs(gradient.at(0) - 1)).isGreaterThan(0.05);
    assertThat(gradient.sum()).isCloseTo(40, within(1e-12));
  }

  @Test
  void wrong_sigma_is_refused() {
    Variable<Tensor> x = stride.variable(Tensor.random(3, 4));
    assertThatThrownBy(() -> smooth.call(x, -1).get())
        .hasStackTraceContaining(
            "stride.gaussian-smooth: `sigma` is -1.0 points; it must be finite and not negative.");
    assertThatThrownBy(() -> smooth.call(x, 1, 2, 3).get())
        .hasStackTraceContaining(
            "stride.gaussian-smooth: `sigma` has 3 numbers, but `x` has shape [3, 4]. Give one for"
                + " all axes, or one per axis.");
  }
}
