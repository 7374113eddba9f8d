package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Results;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Losses that compare traces as a whole, as a user calls them. */
class TraceLossesTest {

  private static final double TIME_STEP = 0.004;

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void traces_of_equal_form_correlate_and_opposite_ones_count_two() {
    Variable<Tensor> m = stride.variable(Tensor.of(Shape.of(2, 3), 1.0, 2, -1, 3, 0, 1));
    Variable<Tensor> o = stride.variable(Tensor.of(Shape.of(2, 3), 5.0, 10, -5, -6, 0, -2));
    assertThat(stride.operator("correlation-distance").call(m, o).get().item())
        .isCloseTo(2, within(1e-14));
    Arguments weighted = Arguments.of(m, o).with("weights", Tensor.of(7.0, 0.25));
    assertThat(stride.operator("correlation-distance").call(weighted).get().item())
        .isCloseTo(0.5, within(1e-14));
  }

  @Test
  void delay_of_a_fraction_of_a_sample_is_measured() {
    Tensor observed = pulse(0.1);
    Results results =
        stride
            .operator("travel-time")
            .callAll(stride.variable(pulse(0.1 + 0.6 * TIME_STEP)), observed, TIME_STEP);
    assertThat(results.list("lags", Tensor.class).getFirst().get().item())
        .isCloseTo(0.6 * TIME_STEP, within(1e-9));
    assertThat(results.list("loss", Tensor.class).getFirst().get().item())
        .isCloseTo(0.5 * 0.36 * TIME_STEP * TIME_STEP, within(1e-11));
  }

  @Test
  void gradient_along_the_lags_shifts_the_pulse() {
    Variable<Tensor> modelled = stride.parameter(pulse(0.12));
    Results results = stride.operator("travel-time").callAll(modelled, pulse(0.1), TIME_STEP);
    Tensor gradient = Engines.gradient(results.list("lags", Tensor.class).getFirst(), modelled);
    Tensor later = pulse(0.12 + 1e-4).minus(pulse(0.12)).times(1e4);
    assertThat(gradient.dot(later)).isCloseTo(1, within(0.01));
  }

  @Test
  void transport_grows_with_the_square_of_a_delay_of_many_periods() {
    double near = transport(0.02);
    double far = transport(0.08);
    assertThat(far / near).isCloseTo(16, within(0.5));
  }

  private double transport(double delay) {
    Variable<Tensor> m = stride.variable(pulse(0.1 + delay));
    return stride.operator("optimal-transport").call(m, pulse(0.1), TIME_STEP, 0.05).get().item();
  }

  @Test
  void envelopes_know_no_phase() {
    Tensor cosines = turning(0);
    Variable<Tensor> sines = stride.variable(turning(Math.PI / 2));
    assertThat(stride.operator("envelope-distance").call(sines, cosines).get().item())
        .isLessThan(1e-25);
    assertThat(stride.operator("l2-distance").call(sines, cosines).get().item()).isGreaterThan(1);
  }

  @Test
  void what_has_no_loss_is_refused_and_named() {
    Variable<Tensor> zero = stride.variable(Tensor.of(Shape.of(2, 3), 1.0, 2, 3, 0, 0, 0));
    Tensor other = Tensor.of(Shape.of(2, 3), 1.0, 2, 1, 2, 1, 2);
    assertThatThrownBy(() -> stride.operator("correlation-distance").call(zero, other).get())
        .hasStackTraceContaining(
            "stride.correlation-distance: trace 1 of `modelled` is zero throughout and correlates"
                + " with nothing. Give `epsilon` a small number, or leave the trace out.");
    assertThatThrownBy(() -> stride.operator("travel-time").call(zero, other, 1).get())
        .hasStackTraceContaining(
            "stride.travel-time: trace 1 of `modelled` and of `observed`, which have shape [2, 3],"
                + " correlate at no lag more than at those around it.");
    assertThatThrownBy(() -> stride.operator("optimal-transport").call(zero, other, 1, 0.05).get())
        .hasStackTraceContaining("stride.optimal-transport: ")
        .hasStackTraceContaining(
            "it must be at least 1/30 of the largest amplitude. Give about the amplitude itself");
  }

  @Test
  void wrong_arguments_are_refused_with_figures() {
    Variable<Tensor> m = stride.variable(Tensor.random(Shape.of(2, 5), DataType.FLOAT64, 1));
    Tensor o = Tensor.random(Shape.of(2, 5), DataType.FLOAT64, 2);
    assertThatThrownBy(() -> stride.operator("optimal-transport").call(m, o, 0, 1).get())
        .hasStackTraceContaining(
            "stride.optimal-transport: `timeStep` is 0.0 s; it must be positive and finite.");
    assertThatThrownBy(() -> stride.operator("optimal-transport").call(m, o, 1, -1).get())
        .hasStackTraceContaining(
            "stride.optimal-transport: `scale` is -1.0 Pa; it must be positive and finite.");
    Arguments weighted = Arguments.of(m, o, 1).with("weights", o);
    assertThatThrownBy(() -> stride.operator("travel-time").call(weighted).get())
        .hasStackTraceContaining(
            "stride.travel-time: `weights` has shape [2, 5] but `modelled` has shape [2, 5]; there"
                + " is one weight a trace, in shape [2].");
    assertThatThrownBy(() -> stride.operator("envelope-distance").call(m, Tensor.random(5)).get())
        .hasStackTraceContaining(
            "stride.envelope-distance: `modelled` has shape [2, 5] but `observed` has shape [5]");
    Variable<Tensor> scalar = stride.variable(Tensor.scalar(1.0));
    assertThatThrownBy(
            () -> stride.operator("correlation-distance").call(scalar, Tensor.scalar(1.0)).get())
        .hasStackTraceContaining(
            "stride.correlation-distance: `modelled` has shape []; its last axis must be time, with"
                + " one sample or more.");
    assertThatThrownBy(() ->
            stride
                .operator("correlation-distance")
                .call(Arguments.of(m, o).with("epsilon", -1))
                .get())
        .hasStackTraceContaining("`epsilon` is -1.0 Pa; it must be finite and not negative.");
  }

  /** A Gaussian pulse at a time, in s, that fills a twentieth of its trace. */
  private static Tensor pulse(double time) {
    double[] values = new double[128];
    for (int i = 0; i < values.length; i++) {
      double distance = (i * TIME_STEP - time) / 0.012;
      values[i] = Math.exp(-0.5 * distance * distance);
    }
    return Tensor.of(values);
  }

  /** Five periods, which the trace closes. */
  private static Tensor turning(double phase) {
    double[] values = new double[50];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.cos(2 * Math.PI * 5 * i / values.length - phase);
    }
    return Tensor.of(values);
  }
}
