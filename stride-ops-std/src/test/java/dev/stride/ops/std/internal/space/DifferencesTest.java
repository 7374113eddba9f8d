package dev.stride.ops.std.internal.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Differences are exact for polynomials of the degree that their order promises. */
class DifferencesTest {

  private static final int EXTENT = 15;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 8, 10})
  void one_sided_first_derivatives_are_exact_for_polynomials(int order) {
    for (int power = 0; power <= order; power++) {
      assertExact(Differences.first(EXTENT, order, Edge.ONE_SIDED), power, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 10})
  void one_sided_second_derivatives_are_exact_for_polynomials(int order) {
    for (int power = 0; power <= order + 1; power++) {
      assertExact(Differences.second(EXTENT, order, Edge.ONE_SIDED), power, 2);
    }
  }

  /** On the interval [-1, 1], where powers are well scaled. */
  private static void assertExact(AxisMatrix matrix, int power, int derivative) {
    double step = 2.0 / (EXTENT - 1);
    for (int row = 0; row < EXTENT; row++) {
      double sum = 0;
      for (int k = matrix.starts()[row]; k < matrix.starts()[row + 1]; k++) {
        sum += matrix.weight()[k] * Math.pow(-1 + step * matrix.column()[k], power);
      }
      double factor = derivative == 1 ? power : power * (power - 1.0);
      double at = -1 + step * row;
      double right = power < derivative ? 0 : factor * Math.pow(at, power - derivative);
      assertThat(sum / Math.pow(step, derivative))
          .as("x^%d at %d", power, row)
          .isCloseTo(right, within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 10})
  void central_weights_are_those_of_the_recursion(int order) {
    double[] weights = Differences.weights(2, order / 2, order);
    AxisMatrix matrix = Differences.second(EXTENT, order, Edge.ZERO);
    int middle = EXTENT / 2;
    assertThat(
            IntStream.range(matrix.starts()[middle], matrix.starts()[middle + 1])
                .mapToDouble(k -> matrix.weight()[k])
                .toArray())
        .containsExactly(weights, within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void mirror_and_periodic_edges_reach_round_short_axes_as_often_as_needed(int extent) {
    for (Edge edge : Stream.of(Edge.MIRROR, Edge.PERIODIC).toList()) {
      AxisMatrix matrix = Differences.second(extent, 10, edge);
      for (int row = 0; row < extent; row++) {
        double sum = 0;
        for (int k = matrix.starts()[row]; k < matrix.starts()[row + 1]; k++) {
          sum += matrix.weight()[k];
        }
        assertThat(sum).as("%s, row %d", edge, row).isCloseTo(0, within(1e-14));
      }
    }
  }
}
