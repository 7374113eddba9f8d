package dev.stride.ops.std.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a shot runs, in words; and what is only warned of. */
class WaveChecksTest {

  private static final Tensor MIDDLE = TestShots.point(5, 5);

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 0, -1500, Double.POSITIVE_INFINITY})
  void requirePositive_names_value_and_node(double wrong) {
    double[] speeds = new double[12];
    java.util.Arrays.fill(speeds, 1500);
    speeds[7] = wrong;
    WaveGrid grid = new WaveGrid(Shape.of(3, 4), 1e-3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WaveChecks.requirePositive(grid, Tensor.of(grid.shape(), speeds)))
        .withMessageContaining("stride.acoustic-wave: `velocity` is " + wrong + " m/s")
        .withMessageContaining("[1, 3]");
  }

  @Test
  void requireStable_names_the_largest_stable_step_and_that_step_is_accepted() {
    WaveProblem problem = TestShots.homogeneous(Shape.of(11, 11), 10, 0, 5e-7, MIDDLE, MIDDLE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WaveChecks.requireStable(problem))
        .withMessageContaining("`timeStep` is 5.0E-7 s")
        .withMessageContaining("largest velocity 1500.00 m/s, spacing 0.001 m, order 10")
        .withMessageContaining("at most 3.60843e-07 s");
    WaveProblem slower = TestShots.homogeneous(Shape.of(11, 11), 10, 0, 3.60843e-7, MIDDLE, MIDDLE);
    assertThatCode(() -> WaveChecks.requireStable(slower)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-7, Double.NaN})
  void requireStable_refuses_steps_that_are_not_positive(double step) {
    WaveProblem problem = TestShots.homogeneous(Shape.of(11, 11), 10, 0, step, MIDDLE, MIDDLE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WaveChecks.requireStable(problem))
        .withMessageContaining("must be positive and at most");
  }

  @Test
  void sources_and_receivers_outside_the_grid_are_named() {
    Tensor two = Tensor.of(Shape.of(2, 2), 0.001, 0.002, 0.004, 0.0101);
    WaveProblem problem = TestShots.homogeneous(Shape.of(11, 11), 2, 0, 1e-7, MIDDLE, two);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Propagator.of(problem, KernelProvider.best()))
        .withMessageContaining("`receivers` 1 is at (0.004, 0.0101) m, outside the grid")
        .withMessageContaining("(0 to 0.01, 0 to 0.01) m")
        .withMessageContaining("Move it inside or extend the model");
    WaveProblem nan =
        TestShots.homogeneous(Shape.of(11, 11), 2, 0, 1e-7, TestShots.point(Double.NaN, 1), MIDDLE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Propagator.of(nan, KernelProvider.best()))
        .withMessageContaining("`sources` 0 is at (NaN");
  }

  @Test
  void points_on_the_edges_are_inside() {
    Tensor corners = Tensor.of(Shape.of(4, 2), 0, 0, 0.01, 0, 0, 0.01, 0.01, 0.01);
    WaveProblem problem = TestShots.homogeneous(Shape.of(11, 11), 2, 0, 1e-7, corners, corners);
    assertThatCode(() -> Propagator.of(problem, KernelProvider.best())).doesNotThrowAnyException();
  }

  @Test
  void points_of_the_wrong_shape_are_refused() {
    Tensor flat = Tensor.of(0.001, 0.002);
    WaveProblem problem = TestShots.homogeneous(Shape.of(11, 11), 2, 0, 1e-7, MIDDLE, flat);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Propagator.of(problem, KernelProvider.best()))
        .withMessageContaining("`receivers` has shape [2]; expected [point, 2]");
  }

  @Test
  void requireWavelets_wants_one_a_source_of_the_models_type() {
    WaveProblem problem = TestShots.homogeneous(Shape.of(11, 11), 2, 0, 1e-7, MIDDLE, MIDDLE);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            WaveChecks.requireWavelets(problem, Tensor.zeros(Shape.of(2, 9), DataType.FLOAT64)))
        .withMessageContaining("`wavelets` has shape [2, 9]; expected [1, time]");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            WaveChecks.requireWavelets(problem, Tensor.zeros(Shape.of(1, 9), DataType.FLOAT32)))
        .withMessageContaining("`wavelets` is float32 but `velocity` is float64");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 12, -2})
  void orders_that_do_not_exist_are_refused(int order) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Stencil(order))
        .withMessageContaining("`order` is " + order + "; expected 2, 4, 6, 8 or 10");
  }

  @Test
  void grids_of_one_dimension_or_no_nodes_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WaveGrid(Shape.of(5), 1))
        .withMessageContaining("expected [y, x] or [z, y, x]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WaveGrid(Shape.of(5, 0), 1))
        .withMessageContaining("no nodes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WaveGrid(Shape.of(5, 5), 0))
        .withMessageContaining("`spacing` is 0.0 m");
  }

  @Test
  void coarseSampling_gives_the_figure_of_a_wavelet_that_is_too_fast() {
    WaveProblem problem = TestShots.homogeneous(Shape.of(11, 11), 10, 0, 2e-7, MIDDLE, MIDDLE);
    assertThat(WaveChecks.coarseSampling(problem, sine(2e5, 2e-7))).isEmpty();
    CoarseSampling finding = WaveChecks.coarseSampling(problem, sine(6e5, 2e-7)).orElseThrow();
    assertThat(finding.points()).isBetween(2.2, 2.5);
    assertThat(finding.text()).contains("points per wavelength").contains("order 10 needs 3.1");
  }

  @Test
  void highestFrequency_is_where_the_spectrum_falls_below_a_tenth() {
    assertThat(Spectrum.highestFrequency(sine(3e5, 2e-7), 2e-7)).isBetween(3e5, 3.3e5);
    assertThat(Spectrum.highestFrequency(Tensor.of(Shape.of(1, 1), 1.0), 1e-3)).isEqualTo(500);
    assertThat(Spectrum.highestFrequency(Tensor.zeros(Shape.of(2, 8), DataType.FLOAT32), 1))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 10})
  void the_documented_points_per_wavelength_are_those_of_one_percent(int order) {
    double[] documented = {12.8, 5.3, 3.9, 3.4, 3.1};
    Stencil stencil = new Stencil(order);
    double fewest = stencil.fewestPointsPerWavelength();
    assertThat(fewest).isCloseTo(documented[order / 2 - 1], within(0.05));
    assertThat(stencil.speedError(fewest)).isCloseTo(0.01, within(1e-6));
  }

  @Test
  void stencils_differentiate_polynomials_of_their_order_exactly() {
    for (int order = 2; order <= 10; order += 2) {
      double[] weights = new Stencil(order).weights();
      for (int power = 0; power <= order + 1; power++) {
        double sum = power == 0 ? weights[0] : 0;
        for (int n = 1; n < weights.length; n++) {
          sum += weights[n] * (Math.pow(n, power) + Math.pow(-n, power));
        }
        assertThat(sum).isCloseTo(power == 2 ? 2 : 0, within(1e-9 * Math.pow(5, power)));
      }
    }
  }

  private static Tensor sine(double frequency, double timeStep) {
    double[] values = new double[600];
    for (int n = 0; n < values.length; n++) {
      double window = Math.sin(Math.PI * n / values.length);
      values[n] = window * window * Math.sin(2 * Math.PI * frequency * n * timeStep);
    }
    return Tensor.of(Shape.of(1, values.length), values);
  }
}
