package dev.stride.ops.std.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward runs against the equation written out, the scalar kernels, and each other. */
class PropagatorForwardTest {

  private static final int[] AWKWARD = {1, 2, 3, 7, 8, 9, 16, 31, 33, 100};

  static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int size : AWKWARD) {
      shapes.add(Shape.of(5, size));
      shapes.add(Shape.of(size, 6));
    }
    for (int size : new int[] {1, 3, 7, 16, 31}) {
      shapes.add(Shape.of(4, 3, size));
      shapes.add(Shape.of(size, 5, 6));
      shapes.add(Shape.of(2, size, 9));
    }
    return shapes;
  }

  static Stream<TestShots> small() {
    return shapes().stream()
        .flatMap(shape -> Stream.of(2, 4, 6, 8, 10).flatMap(order -> variants(shape, order)));
  }

  private static Stream<TestShots> variants(Shape shape, int order) {
    return Stream.of(
        TestShots.random(shape, DataType.FLOAT64, order, order % 3, 20, order),
        TestShots.random(shape, DataType.FLOAT32, order, 3 - order % 3, 20, order + 50));
  }

  @Test
  void the_vector_kernels_are_the_ones_under_test() {
    assertThat(KernelProvider.best().name()).startsWith("vector");
  }

  @ParameterizedTest
  @MethodSource("small")
  void forward_follows_the_equation(TestShots shot) {
    Tensor expected = new PlainEquation(shot.problem()).forward(shot.wavelets());
    Tensor traces = forward(shot, KernelProvider.best()).cast(DataType.FLOAT64);
    double bound = shot.type() == DataType.FLOAT64 ? 1e-12 : 2e-5;
    assertThat(traces.minus(expected).norm()).isLessThanOrEqualTo(bound * expected.norm());
    assertThat(expected.norm()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("small")
  void scalar_kernels_agree_bitwise_with_vector_kernels(TestShots shot) {
    assertThat(forward(shot, KernelProvider.scalar()))
        .isEqualTo(forward(shot, KernelProvider.best()));
  }

  @Test
  void keeping_the_history_does_not_change_the_traces() {
    TestShots shot = TestShots.random(Shape.of(37, 41), DataType.FLOAT32, 10, 6, 90, 4);
    assertThat(recorded(shot.propagator(), shot)).isEqualTo(forward(shot, KernelProvider.best()));
  }

  private static <A> Tensor recorded(Propagator<A> propagator, TestShots shot) {
    History<A> history = propagator.history(shot.wavelets().shape().extent(1), new ArrayPool());
    return propagator.forward(shot.wavelets(), history, Parallel.serial(), CancellationToken.NONE);
  }

  @Test
  void forward_is_linear_in_the_wavelets() {
    TestShots shot = TestShots.random(Shape.of(20, 23), DataType.FLOAT64, 8, 4, 60, 6);
    Tensor once = forward(shot, KernelProvider.best());
    Tensor twice = forward(shot.withWavelets(shot.wavelets().times(2)), KernelProvider.best());
    assertThat(twice).isEqualTo(once.times(2));
  }

  @Test
  void the_first_sample_is_zero_and_the_last_of_the_wavelet_reaches_no_trace() {
    Tensor corner = TestShots.point(3, 3);
    WaveProblem problem = TestShots.homogeneous(Shape.of(7, 7), 4, 0, 2e-7, corner, corner);
    Tensor impulse = Tensor.of(Shape.of(1, 4), 1.0, 0, 0, 7);
    Tensor traces =
        Propagator.of(problem, KernelProvider.best())
            .forward(impulse, null, Parallel.serial(), CancellationToken.NONE);
    double c = Math.pow(1500 * 2e-7, 2);
    assertThat(traces.at(0)).isZero();
    assertThat(traces.at(1)).isEqualTo(c / 1e-6);
    double laplacian = 2 * -2.5 / 1e-6;
    assertThat(traces.at(2)).isCloseTo(c / 1e-6 * (2 + c * laplacian), within(1e-12));
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void one_sample_or_no_receiver_or_no_source_is_fine(int samples) {
    TestShots shot = TestShots.random(Shape.of(6, 7), DataType.FLOAT64, 2, 0, samples, 8);
    assertThat(forward(shot, KernelProvider.best()).shape()).isEqualTo(Shape.of(3, samples));
    Tensor nowhere = Tensor.zeros(Shape.of(0, 2), DataType.FLOAT64);
    WaveProblem silent = TestShots.homogeneous(Shape.of(6, 7), 2, 0, 2e-7, nowhere, nowhere);
    Tensor none = Tensor.zeros(Shape.of(0, samples), DataType.FLOAT64);
    Tensor traces = forward(new TestShots(silent, none), KernelProvider.best());
    assertThat(traces.shape()).isEqualTo(Shape.of(0, samples));
  }

  @Test
  void nan_in_a_wavelet_reaches_the_traces() {
    TestShots shot = TestShots.random(Shape.of(8, 9), DataType.FLOAT32, 2, 0, 30, 9);
    Tensor traces =
        forward(shot.withWavelets(shot.wavelets().times(Double.NaN)), KernelProvider.best());
    assertThat(traces.get(0, 29)).isNaN();
  }

  private static Tensor forward(TestShots shot, KernelProvider provider) {
    return Propagator.of(shot.problem(), provider)
        .forward(shot.wavelets(), null, Parallel.serial(), CancellationToken.NONE);
  }
}
