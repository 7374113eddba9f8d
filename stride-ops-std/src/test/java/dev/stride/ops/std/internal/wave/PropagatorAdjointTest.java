package dev.stride.ops.std.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The adjoint is the transpose of the tangent, and the tangent is the derivative. */
class PropagatorAdjointTest {

  static Stream<TestShots> shots() {
    return Stream.of(DataType.values())
        .flatMap(type -> Stream.of(2, 4, 6, 8, 10).flatMap(order -> shots(type, order)));
  }

  private static Stream<TestShots> shots(DataType type, int order) {
    return Stream.of(
        TestShots.random(Shape.of(23, 31), type, order, 0, 120, order),
        TestShots.random(Shape.of(23, 31), type, order, 6, 500, order + 1),
        TestShots.random(Shape.of(9, 12, 17), type, order, 3, 60, order + 2));
  }

  @ParameterizedTest
  @MethodSource("shots")
  void adjoint_is_the_transpose_of_the_tangent(TestShots shot) {
    double bound = shot.type() == DataType.FLOAT64 ? 1e-12 : 1e-6;
    for (long seed = 100; seed < 103; seed++) {
      Tensor dv = Tensor.random(shot.problem().grid().shape(), shot.type(), seed).times(10);
      Tensor dq = Tensor.random(shot.wavelets().shape(), shot.type(), seed + 10);
      assertThat(mismatch(shot, dv, dq, seed + 20)).as("seed %d", seed).isLessThan(bound);
    }
  }

  private static double mismatch(TestShots shot, Tensor dv, Tensor dq, long seed) {
    Tensor tangent = tangent(shot, dv, dq);
    Tensor cotangents = Tensor.random(tangent.shape(), shot.type(), seed);
    WaveGradients gradients = adjoint(shot, cotangents);
    double forward = dot(tangent, cotangents);
    double adjoint = dot(velocity(gradients), dv) + dot(gradients.wavelets(), dq);
    return Math.abs(forward - adjoint) / (tangent.norm() * cotangents.norm());
  }

  @Test
  void the_dot_test_would_notice_a_gradient_that_is_off_by_a_millionth() {
    TestShots shot = TestShots.random(Shape.of(23, 31), DataType.FLOAT64, 10, 5, 100, 5);
    Tensor dv = Tensor.random(shot.problem().grid().shape(), DataType.FLOAT64, 6);
    Tensor tangent = tangent(shot, dv, shot.wavelets().times(0));
    double ratio = dot(velocity(adjoint(shot, tangent)), dv) / dot(tangent, tangent);
    assertThat(ratio).isCloseTo(1, within(1e-12));
  }

  @Test
  void tangent_equals_central_differences() {
    TestShots shot = TestShots.random(Shape.of(19, 21), DataType.FLOAT64, 10, 5, 150, 7);
    Tensor dv = Tensor.random(shot.problem().grid().shape(), DataType.FLOAT64, 8);
    Tensor dq = Tensor.random(shot.wavelets().shape(), DataType.FLOAT64, 9);
    double step = 1e-4;
    Tensor above = forward(moved(shot, dv, dq, step));
    Tensor below = forward(moved(shot, dv, dq, -step));
    Tensor quotient = above.minus(below).div(2 * step);
    Tensor tangent = tangent(shot, dv, dq);
    assertThat(quotient.minus(tangent).norm()).isLessThan(1e-9 * tangent.norm());
  }

  @Test
  void taylor_remainders_fall_with_slopes_one_and_two() {
    TestShots shot = TestShots.random(Shape.of(16, 18), DataType.FLOAT64, 6, 3, 120, 11);
    Tensor dv = Tensor.random(shot.problem().grid().shape(), DataType.FLOAT64, 12);
    Tensor dq = Tensor.random(shot.wavelets().shape(), DataType.FLOAT64, 13);
    Tensor base = forward(shot);
    Tensor tangent = tangent(shot, dv, dq);
    double first = 0;
    double second = 0;
    double step = 0.5;
    for (int halving = 0; halving < 6; halving++) {
      Tensor change = forward(moved(shot, dv, dq, step)).minus(base);
      double zeroth = change.norm();
      double linear = change.minus(tangent.times(step)).norm();
      if (halving > 0) {
        assertThat(log2(first / zeroth)).isCloseTo(1, within(0.1));
        assertThat(log2(second / linear)).isCloseTo(2, within(0.1));
      }
      first = zeroth;
      second = linear;
      step /= 2;
    }
  }

  @Test
  void gradient_is_right_in_layers_and_at_sources_node_by_node() {
    TestShots shot = TestShots.random(Shape.of(9, 10), DataType.FLOAT64, 4, 3, 60, 15);
    Tensor cotangents = Tensor.random(Shape.of(3, 60), DataType.FLOAT64, 16);
    Tensor gradient = velocity(adjoint(shot, cotangents));
    for (int node = 0; node < gradient.size(); node++) {
      Tensor dv = unit(gradient.shape(), node);
      Tensor none = shot.wavelets().times(0);
      double above = dot(forward(moved(shot, dv, none, 1e-3)), cotangents);
      double below = dot(forward(moved(shot, dv, none, -1e-3)), cotangents);
      assertThat(gradient.at(node))
          .as(shot.problem().grid().node(node))
          .isCloseTo((above - below) / 2e-3, within(1e-7 * gradient.norm()));
    }
  }

  @Test
  void energy_is_the_sum_of_squares_of_what_drives_the_wave() {
    TestShots shot = TestShots.random(Shape.of(9, 10), DataType.FLOAT64, 2, 0, 2, 17);
    Tensor cotangents = Tensor.random(Shape.of(3, 2), DataType.FLOAT64, 18);
    Tensor energy = Objects.requireNonNull(adjoint(shot, cotangents).energy());
    double sum = 0;
    Points<double[]> sources =
        new Points<>(
            "sources",
            shot.problem().sources(),
            new FieldLayout(shot.problem().grid(), 1, 4, Double.BYTES),
            Precision.DOUBLE);
    double[] driving = new double[9 * 12];
    for (int source = 0; source < 2; source++) {
      sources.addToCompact(driving, 0, source, shot.wavelets().get(source, 0) * 1e6);
    }
    for (double value : driving) {
      sum += value * value;
    }
    assertThat(energy.sum()).isCloseTo(sum, within(1e-12 * sum));
    assertThat(energy.min()).isZero();
  }

  @Test
  void without_history_only_the_wavelets_have_a_gradient_and_it_is_the_same() {
    TestShots shot = TestShots.random(Shape.of(14, 15), DataType.FLOAT32, 8, 4, 70, 19);
    Tensor cotangents = Tensor.random(Shape.of(3, 70), DataType.FLOAT32, 20);
    WaveGradients without =
        shot.propagator().adjoint(cotangents, null, Parallel.serial(), CancellationToken.NONE);
    assertThat(without.velocity()).isNull();
    assertThat(without.energy()).isNull();
    assertThat(without.wavelets()).isEqualTo(adjoint(shot, cotangents).wavelets());
  }

  @Test
  void float32_gradient_of_a_long_run_is_close_to_float64() {
    TestShots exact = TestShots.random(Shape.of(40, 42), DataType.FLOAT64, 10, 10, 1500, 21);
    TestShots single =
        exact
            .withVelocity(exact.problem().velocity().cast(DataType.FLOAT32))
            .withWavelets(exact.wavelets().cast(DataType.FLOAT32));
    Tensor cotangents = Tensor.random(Shape.of(3, 1500), DataType.FLOAT64, 22);
    Tensor expected = velocity(adjoint(exact, cotangents));
    Tensor gradient = velocity(adjoint(single, cotangents.cast(DataType.FLOAT32)));
    Tensor difference = gradient.cast(DataType.FLOAT64).minus(expected);
    assertThat(difference.norm()).isLessThan(1e-4 * expected.norm());
  }

  private static TestShots moved(TestShots shot, Tensor dv, Tensor dq, double step) {
    return shot.withVelocity(shot.problem().velocity().plus(dv.times(step)))
        .withWavelets(shot.wavelets().plus(dq.times(step)));
  }

  private static Tensor unit(Shape shape, int node) {
    double[] values = new double[shape.size()];
    values[node] = 1;
    return Tensor.of(shape, values);
  }

  private static double dot(Tensor a, Tensor b) {
    return a.cast(DataType.FLOAT64).dot(b.cast(DataType.FLOAT64));
  }

  private static double log2(double ratio) {
    return Math.log(ratio) / Math.log(2);
  }

  private static Tensor forward(TestShots shot) {
    return shot.propagator()
        .forward(shot.wavelets(), null, Parallel.serial(), CancellationToken.NONE);
  }

  private static Tensor tangent(TestShots shot, Tensor dv, Tensor dq) {
    return shot.propagator()
        .tangent(shot.wavelets(), dv, dq, Parallel.serial(), CancellationToken.NONE);
  }

  private static WaveGradients adjoint(TestShots shot, Tensor cotangents) {
    return adjoint(shot.propagator(), shot, cotangents);
  }

  private static <A> WaveGradients adjoint(
      Propagator<A> propagator, TestShots shot, Tensor cotangents) {
    History<A> history = propagator.history(shot.wavelets().shape().extent(1), new ArrayPool());
    propagator.forward(shot.wavelets(), history, Parallel.serial(), CancellationToken.NONE);
    return propagator.adjoint(cotangents, history, Parallel.serial(), CancellationToken.NONE);
  }

  private static Tensor velocity(WaveGradients gradients) {
    return Objects.requireNonNull(gradients.velocity());
  }
}
