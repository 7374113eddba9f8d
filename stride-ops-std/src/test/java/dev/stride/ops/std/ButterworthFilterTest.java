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
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ButterworthFilterTest {

  private static final double TIME_STEP = 1e-7;

  private final Stride stride = Engines.standard();
  private final Operator<Tensor> filter = stride.operator("butterworth");

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void sine_at_the_cutoff_comes_out_at_minus_three_decibels() {
    Variable<Tensor> traces = stride.variable(sines(0.2e6, 0.05e6));
    Tensor y = filter.call(Arguments.of(traces, TIME_STEP).with("high", 0.2e6)).get();
    assertThat(amplitude(y, 0)).isCloseTo(Math.sqrt(0.5), within(1e-3));
    assertThat(amplitude(y, 1)).isCloseTo(1, within(1e-3));
  }

  @Test
  void band_keeps_the_middle_and_drops_both_sides() {
    Variable<Tensor> traces = stride.variable(sines(0.2e6, 0.02e6, 1e6));
    Arguments band = Arguments.of(traces, TIME_STEP).with("low", 0.1e6).with("high", 0.4e6);
    Tensor y = filter.call(band).get();
    assertThat(amplitude(y, 0)).isCloseTo(1, within(0.01));
    assertThat(amplitude(y, 1)).isLessThan(0.01);
    assertThat(amplitude(y, 2)).isLessThan(0.05);
  }

  @Test
  void without_delay_a_pulse_stays_where_it_is_and_a_cutoff_counts_twice() {
    Variable<Tensor> traces = stride.variable(sines(0.2e6, 0.05e6));
    Arguments low = Arguments.of(traces, TIME_STEP).with("high", 0.2e6).with("zeroPhase", true);
    assertThat(amplitude(filter.call(low).get(), 0)).isCloseTo(0.5, within(0.02));
    double[] pulse = new double[201];
    pulse[100] = 1;
    Arguments arguments =
        Arguments.of(stride.variable(Tensor.of(pulse)), 1)
            .with("high", 0.1)
            .with("zeroPhase", true);
    double[] y = filter.call(arguments).get().toDoubleArray();
    for (int i = 1; i <= 100; i++) {
      assertThat(y[100 - i]).isCloseTo(y[100 + i], within(1e-9));
      assertThat(Math.abs(y[100 + i])).isLessThan(y[100]);
    }
  }

  @Test
  void order_one_by_hand() {
    double t = Math.tan(Math.PI / 4 / 2); // of a cut-off at an eighth of the sampling frequency
    Variable<Tensor> impulse = stride.parameter(Tensor.of(1.0, 0, 0));
    Arguments arguments = Arguments.of(impulse, 1).with("high", 0.125).with("order", 1);
    Variable<Tensor> y = filter.call(arguments);
    double b = t / (1 + t);
    double a = (1 - t) / (1 + t);
    double[] response = {b, b + a * b, a * (b + a * b)};
    assertThat(y.get().toDoubleArray()).containsExactly(response, within(1e-15));
    y.adjoint(Tensor.of(0.0, 0, 1)).join();
    assertThat(Objects.requireNonNull(impulse.grad()).toDoubleArray())
        .containsExactly(new double[] {response[2], response[1], response[0]}, within(1e-15));
  }

  @Test
  void each_trace_is_filtered_by_itself() {
    Tensor traces = Tensor.random(Shape.of(3, 5, 700), DataType.FLOAT32, 31);
    Tensor together = filter.call(Arguments.of(stride.variable(traces), 1).with("high", 0.1)).get();
    for (int row = 0; row < 15; row++) {
      float[] one = Arrays.copyOfRange(traces.toFloatArray(), row * 700, row * 700 + 700);
      Variable<Tensor> alone = stride.variable(Tensor.of(one));
      float[] expected = filter.call(Arguments.of(alone, 1).with("high", 0.1)).get().toFloatArray();
      assertThat(together.toFloatArray()).containsSequence(expected);
    }
  }

  @Test
  void wrong_arguments_are_refused_with_figures() {
    Variable<Tensor> x = stride.variable(Tensor.random(20));
    assertThatThrownBy(() -> filter.call(Arguments.of(x, 1e-6).with("high", 6e5)).get())
        .hasStackTraceContaining(
            "stride.butterworth: `high` is 600000.0 Hz; with a time step of 1.0E-6 s it must be"
                + " above 0 and below the Nyquist frequency 500000.0 Hz.");
    assertThatThrownBy(
            () -> filter.call(Arguments.of(x, 1e-6).with("low", 2e5).with("high", 1e5)).get())
        .hasStackTraceContaining("the lower cut-off must be below the upper one. Exchange them.");
    assertThatThrownBy(() -> filter.call(x, 0).get())
        .hasStackTraceContaining("stride.butterworth: `timeStep` is 0.0 s; it must be positive.");
    assertThatThrownBy(() -> filter.call(Arguments.of(x, 1).with("order", 21)).get())
        .hasStackTraceContaining("stride.butterworth: `order` is 21; it must be from 1 to 20.");
    assertThatThrownBy(() -> filter.call(stride.variable(Tensor.scalar(1.0)), 1).get())
        .hasStackTraceContaining(
            "stride.butterworth: `x` is a scalar; its last axis must be time.");
  }

  private static Tensor sines(double... frequencies) {
    int samples = 4000;
    double[] values = new double[frequencies.length * samples];
    for (int i = 0; i < values.length; i++) {
      double time = i % samples * TIME_STEP;
      values[i] = Math.sin(2 * Math.PI * frequencies[i / samples] * time);
    }
    return Tensor.adopt(Shape.of(frequencies.length, samples), values);
  }

  /** Amplitude of a trace that has settled, from its mean square over whole periods. */
  private static double amplitude(Tensor traces, int row) {
    double sum = 0;
    for (int i = 2000; i < 4000; i++) {
      sum += traces.get(row, i) * traces.get(row, i);
    }
    return Math.sqrt(2 * sum / 2000);
  }
}
