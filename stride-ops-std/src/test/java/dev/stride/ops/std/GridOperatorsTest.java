package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Differences, resizing, padding and masks as a user calls them. */
class GridOperatorsTest {

  private final Stride stride = Engines.standard();
  private final Operator<Tensor> gradient = stride.operator("gradient");
  private final Operator<Tensor> divergence = stride.operator("divergence");

  @AfterEach
  void close() {
    stride.close();
  }

  private Variable<Tensor> field(int... extents) {
    return stride.variable(Tensor.random(extents));
  }

  @Test
  void gradient_of_a_plane_is_its_slope_everywhere() {
    Tensor plane = Tensor.of(Shape.of(3, 3), 0.0, 2, 4, 10, 12, 14, 20, 22, 24);
    Tensor slopes = gradient.call(stride.variable(plane), List.of(2, 0.5)).get();
    assertThat(slopes.shape()).isEqualTo(Shape.of(2, 3, 3));
    assertThat(slopes.toDoubleArray())
        .containsExactly(5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4);
  }

  @ParameterizedTest
  @CsvSource({"1, zero", "1, mirror", "1, periodic", "4, zero", "4, mirror", "8, periodic"})
  void divergence_is_the_negative_adjoint_of_the_gradient_bit_by_bit(int order, String edge) {
    Arguments numbers = Arguments.of().with("spacing", 0.7).with("order", order).with("edge", edge);
    Variable<Tensor> x = stride.parameter(Tensor.zeros(Shape.of(11, 12), DataType.FLOAT64));
    Tensor flow = Tensor.random(2, 11, 12);
    Variable<Tensor> slopes = gradient.call(with(numbers, x));
    slopes.adjoint(flow).join();
    Tensor spread = divergence.call(with(numbers, stride.variable(flow))).get();
    assertThat(spread.plus(Objects.requireNonNull(x.grad())).norm()).isZero();
  }

  private static Arguments with(Arguments numbers, Variable<Tensor> x) {
    Arguments all = Arguments.of(x);
    for (var entry : numbers.named().entrySet()) {
      all = all.with(entry.getKey(), entry.getValue());
    }
    return all;
  }

  @Test
  void nothing_flows_through_the_edges_of_a_mirrored_divergence() {
    Arguments arguments =
        Arguments.of(field(2, 9, 7)).with("spacing", 1).with("order", 6).with("edge", "mirror");
    assertThat(divergence.call(arguments).get().sum()).isCloseTo(0, within(1e-12));
  }

  @Test
  void grid_that_is_too_small_for_one_sided_edges_is_refused() {
    assertThatThrownBy(() ->
            gradient.call(Arguments.of(field(9, 3)).with("spacing", 1).with("order", 4)).get())
        .hasStackTraceContaining(
            "stride.gradient: the grid has shape [9, 3], but one-sided edges of order 4 take 5"
                + " points along each axis. Lower `order`, or give another `edge`.");
  }

  @Test
  void wrong_numbers_are_refused_and_the_right_ones_named() {
    assertThatThrownBy(() -> gradient.call(field(4, 4), List.of(1, 2, 3)).get())
        .hasStackTraceContaining(
            "stride.gradient: `spacing` has 3 numbers, but the grid has shape [4, 4]. Give one for"
                + " all axes, or a list of one per axis.");
    assertThatThrownBy(() -> gradient.call(field(4, 4), List.of(1, 0)).get())
        .hasStackTraceContaining(
            "stride.gradient: `spacing` is 0.0 along axis 1; it must be positive and finite.");
    assertThatThrownBy(() -> gradient.call(field(4, 4), 1, 3).get())
        .hasStackTraceContaining("stride.gradient: `order` is 3; it must be 1, 2, 4, 6, 8 or 10.");
    assertThatThrownBy(() -> gradient.call(field(4, 4), 1, 2, "open").get())
        .hasStackTraceContaining(
            "stride.gradient: `edge` is 'open'; it must be one of one-sided, zero, mirror,"
                + " periodic.");
    assertThatThrownBy(() -> stride.operator("laplacian").call(field(4, 4), 1, 1).get())
        .hasStackTraceContaining("stride.laplacian: `order` is 1; it must be 2, 4, 6, 8 or 10.");
    assertThatThrownBy(() -> divergence.call(field(3, 4, 4), 1).get())
        .hasStackTraceContaining("`x` has shape [3, 4, 4]; it must be [axis, ...grid]");
  }

  @Test
  void area_keeps_the_mean_and_linear_keeps_the_ends() {
    Variable<Tensor> x = field(2, 10);
    Tensor area = stride.operator("resize").call(x, Shape.of(7), "area").get();
    assertThat(area.sum() / 14).isCloseTo(x.get().sum() / 20, within(1e-15));
    Tensor linear = stride.operator("resize").call(x, Shape.of(7)).get();
    assertThat(linear.get(1, 0)).isEqualTo(x.get().get(1, 0));
    assertThat(linear.get(1, 6)).isEqualTo(x.get().get(1, 9));
  }

  @Test
  void resizing_to_more_axes_or_of_an_unknown_kind_is_refused() {
    Operator<Tensor> resize = stride.operator("resize");
    assertThatThrownBy(() -> resize.call(field(4), Shape.of(2, 2)).get())
        .hasStackTraceContaining("stride.resize: `shape` is [2, 2], but `x` has shape [4].");
    assertThatThrownBy(() -> resize.call(field(4), Shape.of(2), "cubic").get())
        .hasStackTraceContaining("stride.resize: `kind` is 'cubic'; it must be linear or area.");
  }

  @Test
  void mirrored_and_absorbing_paddings_by_hand() {
    Variable<Tensor> x = stride.variable(Tensor.of(1.0, 2, 3));
    assertThat(stride.operator("pad-mirror").call(x, 2, 4).get())
        .isEqualTo(Tensor.of(2.0, 1, 1, 2, 3, 3, 2, 1, 1));
    double half = Math.exp(-1);
    double whole = Math.exp(-4);
    assertThat(stride.operator("pad-absorbing").call(x, 2).get())
        .isEqualTo(Tensor.of(whole, half, 1, 2, 3, 3 * half, 3 * whole));
  }

  @Test
  void what_a_mask_hides_counts_for_nothing_even_if_it_is_not_finite() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, Double.NaN, 3));
    Variable<Tensor> y = stride.operator("mask").call(x, Tensor.of(2.0, 0, 0.5));
    assertThat(y.get()).isEqualTo(Tensor.of(2.0, 0, 1.5));
    assertThat(Engines.gradient(y.sum(), x)).isEqualTo(Tensor.of(2.0, 0, 0.5));
  }

  @Test
  void large_grids_give_the_same_bits_for_any_number_of_threads() {
    Tensor x = Tensor.random(Shape.of(150, 300), DataType.FLOAT32, 3);
    Tensor one;
    try (Stride serial =
        Stride.builder().withoutDiscovery().threads(1).pack(new StandardPack()).build()) {
      one = serial.operator("laplacian").call(serial.variable(x), 0.5, 8).get();
    }
    assertThat(stride.operator("laplacian").call(stride.variable(x), 0.5, 8).get()).isEqualTo(one);
  }
}
