package dev.stride.ops.std.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold because it holds for waves. */
class WavePhysicsTest {

  private static final double SPEED = 1500;

  @Test
  void traces_match_the_greens_function_of_free_space_in_2d() {
    double timeStep = 5e-8;
    int samples = 800;
    Tensor source = TestShots.point(60, 60);
    Tensor receiver = TestShots.point(60, 84);
    WaveProblem problem =
        TestShots.homogeneous(Shape.of(121, 121), 10, 0, timeStep, source, receiver);
    double[] wavelet = new double[samples];
    for (int n = 0; n < samples; n++) {
      wavelet[n] = burst(n * timeStep, 1e5);
    }
    Tensor trace = forward(problem, Tensor.of(Shape.of(1, samples), wavelet));
    double[] expected = greens(wavelet, timeStep, 24e-3);
    int untilEcho = (int) (96e-3 / SPEED / timeStep);
    double error = 0;
    double norm = 0;
    for (int n = 0; n < Math.min(samples, untilEcho); n++) {
      error += Math.pow(trace.at(n) - expected[n], 2);
      norm += Math.pow(expected[n], 2);
    }
    assertThat(Math.sqrt(error / norm)).isLessThan(2e-3);
  }

  /**
   * A point source in free space: {@code 1/(2 pi) int q(t - r cosh(a) / v) da} over positive {@code
   * a}.
   */
  private static double[] greens(double[] wavelet, double timeStep, double distance) {
    double[] trace = new double[wavelet.length];
    double width = 5e-4;
    for (int n = 0; n < trace.length; n++) {
      double time = n * timeStep;
      double delayed = time - distance * Math.cosh(width / 2) / SPEED;
      for (double a = 1.5 * width; delayed > 0; a += width) {
        trace[n] += burst(delayed, 1e5) * width / (2 * Math.PI);
        delayed = time - distance * Math.cosh(a) / SPEED;
      }
    }
    return trace;
  }

  private static double burst(double time, double frequency) {
    double duration = 2 / frequency;
    double envelope = Math.sin(Math.PI * time / duration);
    return time > duration ? 0 : envelope * envelope * Math.sin(2 * Math.PI * frequency * time);
  }

  @ParameterizedTest
  @CsvSource({"2, 1.6", "4, 3.6", "6, 5.5", "8, 7.5", "10, 9.2"})
  void standing_waves_converge_with_the_order(int order, double slope) {
    Stencil stencil = new Stencil(order);
    double coarse = stencil.speedError(8);
    double fine = stencil.speedError(16);
    assertThat(Math.log(coarse / fine) / Math.log(2)).isBetween(slope, order + 0.1);
  }

  @Test
  void source_and_receiver_can_be_exchanged() {
    TestShots shot = TestShots.random(Shape.of(24, 27), DataType.FLOAT64, 10, 5, 200, 3);
    WaveProblem p = shot.problem();
    Tensor here = TestShots.point(4.3, 7.8);
    Tensor there = TestShots.point(15.1, 20.6);
    Tensor wavelet = Tensor.random(Shape.of(1, 200), DataType.FLOAT64, 4);
    Tensor out = forward(between(p, here, there), wavelet);
    Tensor back = forward(between(p, there, here), wavelet);
    assertThat(out.norm()).isPositive();
    assertThat(out.minus(back).norm()).isLessThan(1e-12 * out.norm());
  }

  private static WaveProblem between(WaveProblem p, Tensor source, Tensor receiver) {
    return new WaveProblem(
        p.grid(), p.stencil(), p.velocity(), source, receiver, p.timeStep(), p.layer());
  }

  @ParameterizedTest
  @CsvSource({"10, 0.05", "20, 0.018", "40, 0.006"})
  void the_layer_absorbs_as_documented(int width, double level) {
    double reflection = reflection(width, 0.3e6);
    assertThat(reflection).isLessThan(level);
    assertThat(reflection(0, 0.3e6)).isGreaterThan(0.2);
  }

  /** Largest difference from a run on a grid too large for echoes, over the largest value. */
  static double reflection(int width, double frequency) {
    int inner = 100;
    int samples = 400;
    double[] wavelet = new double[samples];
    for (int n = 0; n < samples; n++) {
      wavelet[n] = burst(n * 2e-7, frequency);
    }
    Tensor q = Tensor.of(Shape.of(1, samples), wavelet);
    Tensor absorbed = forward(window(inner, width, width), q);
    Tensor free = forward(window(inner, 110, 0), q);
    double difference = absorbed.minus(free).map(Math::abs).max();
    return difference / free.map(Math::abs).max();
  }

  private static WaveProblem window(int inner, int margin, int absorbing) {
    int extent = inner + 2 * margin;
    double middle = margin + inner / 2;
    Tensor source = TestShots.point(margin + 20, middle);
    Tensor receiver = TestShots.point(margin + 30, middle + 10);
    return TestShots.homogeneous(Shape.of(extent, extent), 10, absorbing, 2e-7, source, receiver);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 10})
  void a_step_just_below_the_limit_is_stable_and_one_just_above_is_not(int order) {
    assertThat(growth(order, 0, 0.99)).isLessThan(10);
    assertThat(growth(order, 8, 0.99)).isLessThan(10);
    assertThat(growth(order, 0, 1.01)).isGreaterThan(1e6);
  }

  /** How far the late traces exceed the early ones. */
  private static double growth(int order, int absorbing, double factor) {
    Tensor middle = TestShots.point(31.4, 32.7);
    Shape shape = Shape.of(64, 66);
    double limit =
        WaveChecks.largestStableStep(
            TestShots.homogeneous(shape, order, absorbing, 1e-9, middle, middle));
    WaveProblem problem =
        TestShots.homogeneous(shape, order, absorbing, limit * factor, middle, middle);
    Tensor noise = Tensor.random(Shape.of(1, 600), DataType.FLOAT64, 2);
    double[] trace = forward(problem, noise).toDoubleArray();
    double early = 0;
    double late = 0;
    for (int n = 0; n < 100; n++) {
      early = Math.max(early, Math.abs(trace[n]));
      late = Math.max(late, Math.abs(trace[500 + n]));
    }
    return late / early;
  }

  @Test
  void steps_within_the_limit_agree_with_the_error_message_bound() {
    Tensor middle = TestShots.point(3, 3);
    WaveProblem problem = TestShots.homogeneous(Shape.of(7, 7), 2, 0, 1e-7, middle, middle);
    assertThat(WaveChecks.largestStableStep(problem))
        .isCloseTo(1e-3 / (SPEED * Math.sqrt(2)), within(1e-15));
  }

  private static Tensor forward(WaveProblem problem, Tensor wavelets) {
    return Propagator.of(problem, KernelProvider.best())
        .forward(wavelets, null, Parallel.serial(), CancellationToken.NONE);
  }
}
