package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Losses and regularisers as a user calls them. */
class LossesTest {

  private final Stride stride = Engines.standard();
  private final Variable<Tensor> modelled = stride.parameter(Tensor.of(3.0, 1, -1));
  private final Variable<Tensor> observed = stride.parameter(Tensor.of(1.0, 1, 2));

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void absolute_values_have_the_slope_zero_at_their_kink() {
    Variable<Tensor> loss = stride.operator("l1-distance").call(modelled, observed);
    assertThat(loss.get()).isEqualTo(Tensor.scalar(5.0));
    assertThat(Engines.gradient(loss, modelled)).isEqualTo(Tensor.of(1.0, 0, -1));
    assertThat(observed.grad()).isEqualTo(Tensor.of(-1.0, -0.0, 1));
  }

  @Test
  void outliers_pull_no_harder_than_delta() {
    Variable<Tensor> loss = stride.operator("huber").call(modelled, observed, 2.5);
    assertThat(loss.get()).isEqualTo(Tensor.scalar(2 + 2.5 * (3 - 1.25)));
    assertThat(Engines.gradient(loss, modelled)).isEqualTo(Tensor.of(2.0, 0, -2.5));
  }

  @Test
  void numbers_that_are_not_positive_are_refused() {
    assertThatThrownBy(() -> stride.operator("huber").call(modelled, observed, 0).get())
        .hasStackTraceContaining(
            "stride.huber: `delta` is 0.0 Pa; it must be positive and finite.");
    assertThatThrownBy(() -> stride.operator("student-t").call(modelled, observed, 1, -2).get())
        .hasStackTraceContaining(
            "stride.student-t: `degrees` is -2.0; it must be positive and finite.");
  }

  @Test
  void weights_of_another_shape_are_refused() {
    Tensor weights = Tensor.of(1.0, 2);
    assertThatThrownBy(() -> stride.operator("huber").call(modelled, observed, 1, weights).get())
        .hasStackTraceContaining(
            "stride.huber: `modelled` has shape [3] but `weights` has shape [2]; both must be"
                + " equal.");
  }

  @Test
  void model_that_touches_a_bound_is_refused_and_the_place_named() {
    Variable<Tensor> x = stride.variable(Tensor.of(Shape.of(2, 2), 1500.0, 1500, 2000, 1500));
    assertThatThrownBy(() -> stride.operator("bound-barrier").call(x, 1000, 2000).get())
        .hasStackTraceContaining(
            "stride.bound-barrier: `x` is 2000.0 at [1, 0]; it must stay between the bounds,"
                + " 1000.0 and 2000.0. Shorten the step that led here, or widen the bounds.");
    assertThatThrownBy(() -> stride.operator("bound-barrier").call(x, 3, 2).get())
        .hasStackTraceContaining("`low` is 3.0 and `high` is 2.0; both must be finite");
  }

  @Test
  void traces_of_equal_form_have_no_distance_whatever_their_amplitudes() {
    Variable<Tensor> louder = stride.variable(Tensor.of(300.0, 100, -100));
    Variable<Tensor> loss = stride.operator("normalised-l2").call(modelled, louder);
    assertThat(loss.get().item()).isLessThan(1e-30);
  }

  @Test
  void trace_of_zeros_is_refused_and_named_unless_there_is_an_epsilon() {
    Variable<Tensor> traces = stride.variable(Tensor.of(Shape.of(2, 2), 1.0, 2, 0, 0));
    Variable<Tensor> data = stride.variable(Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 4));
    assertThatThrownBy(() -> stride.operator("normalised-l2").call(data, traces).get())
        .hasStackTraceContaining(
            "stride.normalised-l2: trace 1 of `observed` is zero throughout and has no direction."
                + " Give `epsilon` a small number, or leave the trace out.");
    assertThat(stride.operator("normalised-l2").call(data, traces, 1e-3).get().item())
        .isGreaterThan(0);
  }

  @Test
  void regularisers_by_hand() {
    Variable<Tensor> x = stride.parameter(Tensor.of(0.0, 3, 3));
    Variable<Tensor> smooth = stride.operator("tikhonov").call(x, 0.5);
    assertThat(smooth.get()).isEqualTo(Tensor.scalar(18.0));
    assertThat(Engines.gradient(smooth, x)).isEqualTo(Tensor.of(-12.0, 12, 0));
    Variable<Tensor> variation = stride.operator("total-variation").call(x, 4, 1);
    assertThat(variation.get()).isEqualTo(Tensor.scalar(13.0));
    x.clearGrad();
    assertThat(Engines.gradient(variation, x)).isEqualTo(Tensor.of(-0.6, 0.6, 0));
    assertThatThrownBy(() -> stride.operator("total-variation").call(x, 0, 1).get())
        .hasStackTraceContaining(
            "stride.total-variation: `epsilon` is 0.0; it must be positive and finite.");
  }
}
