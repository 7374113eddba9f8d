package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.RunStatistics;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shots through an engine. The contract is checked with all operators of the pack. */
class AcousticWaveTest {

  private static final Shape MODEL = Shape.of(30, 34);
  private static final int SAMPLES = 80;
  private static final Tensor RECEIVERS =
      Tensor.of(Shape.of(3, 2), 0.004, 0.012, 0.0154, 0.0201, 0.025, 0.0163);

  private final Stride stride = Engines.standard();
  private final Operator<Tensor> wave = stride.operator("acoustic-wave");
  private final Variable<Tensor> velocity =
      stride.parameter(Tensor.random(MODEL, DataType.FLOAT32, 3).map(v -> 1500 + 20 * v));

  @AfterEach
  void close() {
    stride.close();
  }

  private static Arguments shot(Object velocity, Object wavelets, int number) {
    Tensor source = Tensor.of(Shape.of(1, 2), 0.006 + 0.002 * number, 0.015);
    return Arguments.of(velocity, wavelets, source, RECEIVERS, 1e-3, 2e-7).with("absorbing", 6);
  }

  private static Tensor wavelet() {
    float[] values = new float[SAMPLES];
    for (int n = 0; n < 40; n++) {
      values[n] = (float) (Math.sin(Math.PI * n / 10) * Math.pow(Math.sin(Math.PI * n / 40), 2));
    }
    return Tensor.of(Shape.of(1, SAMPLES), values);
  }

  private Variable<Tensor> loss(int shot) {
    Variable<Tensor> traces = wave.call(shot(velocity, wavelet(), shot));
    return traces.times(traces).sum();
  }

  @Test
  void gradient_comes_with_the_energy_as_its_preconditioner() {
    loss(0).adjoint().join();
    Tensor gradient = Engines.gradient(loss(0), velocity);
    Tensor energy = Objects.requireNonNull(velocity.preconditioner());
    assertThat(gradient.shape()).isEqualTo(MODEL);
    assertThat(gradient.norm()).isPositive();
    assertThat(energy.shape()).isEqualTo(MODEL);
    assertThat(energy.min()).isNotNegative();
    assertThat(velocity.processGrad()).isNotNull().isNotEqualTo(gradient);
  }

  @Test
  void the_wavefield_is_kept_only_where_the_velocity_needs_it() {
    Variable<Tensor> wavelets = stride.parameter(wavelet());
    RunStatistics full = statistics(wave.call(shot(velocity, wavelets, 0)));
    Tensor gradient = wavelets.grad();
    wavelets.clearGrad();
    RunStatistics less = statistics(wave.call(shot(velocity.get(), wavelets, 0)));
    long wavefield = (long) MODEL.size() * Float.BYTES * (SAMPLES - 1);
    assertThat(full.savedBytes() - less.savedBytes()).isGreaterThanOrEqualTo(wavefield);
    assertThat(less.savedBytes()).isLessThan(wavefield);
    assertThat(wavelets.grad()).isNotNull().isEqualTo(gradient);
  }

  private static RunStatistics statistics(Variable<Tensor> traces) {
    Variable<Tensor> sum = traces.sum();
    sum.get();
    return sum.adjoint().join();
  }

  @Test
  void shots_at_once_give_bitwise_what_shots_in_turn_give() {
    List<Integer> shots = List.of(0, 1, 2, 3, 4);
    for (int shot : shots) {
      loss(shot).adjoint().join();
    }
    Tensor inTurn = velocity.grad();
    velocity.clearGrad();
    stride.accumulate(shots, 2, this::loss).join();
    assertThat(velocity.grad()).isNotNull().isEqualTo(inTurn);
  }

  @Test
  void interleaved_shots_keep_their_own_wavefield() {
    Variable<Tensor> first = loss(0);
    Variable<Tensor> second = loss(3);
    second.adjoint().join();
    first.adjoint().join();
    Tensor interleaved = velocity.grad();
    velocity.clearGrad();
    loss(3).adjoint().join();
    loss(0).adjoint().join();
    assertThat(velocity.grad()).isNotNull().isEqualTo(interleaved);
  }

  @Test
  void numbers_of_any_type_serve_as_options() {
    Tensor source = Tensor.of(Shape.of(1, 2), 0.006, 0.015);
    Arguments given =
        Arguments.of(velocity, wavelet(), source, RECEIVERS, 1e-3f, 2e-7)
            .with("absorbing", 6.0)
            .with("order", 10L)
            .with("referenceSpeed", 1500);
    Tensor traces = wave.call(given).get();
    assertThat(traces.shape()).isEqualTo(Shape.of(3, SAMPLES));
    assertThat(traces.norm()).isPositive();
  }

  @Test
  void a_source_outside_the_grid_is_named_with_its_place() {
    Tensor outside = Tensor.of(Shape.of(1, 2), 0.006, 0.0331);
    Arguments given = Arguments.of(velocity, wavelet(), outside, RECEIVERS, 1e-3, 2e-7);
    assertThatThrownBy(() -> wave.call(given).get())
        .hasStackTraceContaining(
            "stride.acoustic-wave: `sources` 0 is at (0.006, 0.0331) m, outside the grid, which"
                + " spans (0 to 0.029, 0 to 0.033) m");
  }

  @Test
  void a_step_that_is_not_stable_is_refused() {
    Tensor source = Tensor.of(Shape.of(1, 2), 0.006, 0.015);
    Arguments given = Arguments.of(velocity, wavelet(), source, RECEIVERS, 1e-3, 1e-6);
    assertThatThrownBy(() -> wave.call(given).get())
        .hasStackTraceContaining(
            "stride.acoustic-wave: `timeStep` is 1.0E-6 s, which is not stable");
  }

  @Test
  void a_velocity_of_nan_is_refused_and_its_node_named() {
    Tensor broken = velocity.get().map(v -> v > 1550 ? Double.NaN : v);
    assertThatThrownBy(() -> wave.call(shot(stride.variable(broken), wavelet(), 0)).get())
        .hasStackTraceContaining("stride.acoustic-wave: `velocity` is NaN m/s at node [");
  }
}
