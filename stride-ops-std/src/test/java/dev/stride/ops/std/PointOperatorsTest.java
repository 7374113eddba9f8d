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

/** Interpolation and injection as a user calls them. */
class PointOperatorsTest {

  private final Stride stride = Engines.standard();
  private final Operator<Tensor> interpolate = stride.operator("interpolate");

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void straight_lines_between_nodes_and_slopes_along_them() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 3, 7));
    Variable<Tensor> at = stride.parameter(Tensor.of(Shape.of(3, 1), 0.25, 1.5, 2));
    Variable<Tensor> y = interpolate.call(x, at);
    assertThat(y.get()).isEqualTo(Tensor.of(1.5, 5, 7));
    y.sum().adjoint().join();
    assertThat(x.grad()).isEqualTo(Tensor.of(0.75, 0.75, 1.5));
    assertThat(at.grad()).isEqualTo(Tensor.of(Shape.of(3, 1), 2.0, 4, 4));
  }

  @Test
  void windowed_sinc_gives_nodes_as_they_are_and_smooth_waves_between_them() {
    Tensor wave = Tensor.zeros(Shape.of(40), DataType.FLOAT64);
    double[] values = wave.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.cos(0.2 * Math.PI * i);
    }
    Variable<Tensor> x = stride.variable(Tensor.of(values));
    Tensor at = Tensor.of(Shape.of(2, 1), 17, 20.4);
    Tensor y = interpolate.call(x, at, "sinc").get();
    assertThat(y.at(0)).isCloseTo(values[17], within(1e-15));
    assertThat(y.at(1)).isCloseTo(Math.cos(0.2 * Math.PI * 20.4), within(5e-3));
  }

  @Test
  void point_outside_the_grid_is_refused_and_named() {
    Variable<Tensor> x = stride.variable(Tensor.random(4, 3));
    Tensor at = Tensor.of(Shape.of(2, 2), 1.0, 1, 3.5, 0);
    assertThatThrownBy(() -> interpolate.call(x, at).get())
        .hasStackTraceContaining(
            "stride.interpolate: point 1 of `positions` is at [3.5, 0.0], outside the grid of shape"
                + " [4, 3]. Positions count points from 0 to the extent less 1; divide lengths by"
                + " the spacing.");
  }

  @Test
  void positions_and_values_that_do_not_fit_are_refused() {
    Variable<Tensor> x = stride.variable(Tensor.random(4));
    assertThatThrownBy(() -> interpolate.call(x, Tensor.random(3, 2)).get())
        .hasStackTraceContaining(
            "stride.interpolate: `positions` has shape [3, 2], and `x` [4]; it must be [point,"
                + " axis]");
    Tensor at = Tensor.of(Shape.of(2, 1), 1.0, 1);
    assertThatThrownBy(() -> stride.operator("inject").call(x, at, Shape.of(5)).get())
        .hasStackTraceContaining("the last extent of `x` must be the number of points.");
    assertThatThrownBy(() -> interpolate.call(x, at, "cubic").get())
        .hasStackTraceContaining(
            "stride.interpolate: `kind` is 'cubic'; it must be linear or sinc.");
  }
}
