package dev.stride.ops.std.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Backwards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmootherTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 2, 2", "9, 12, 1.5, 0.7", "40, 3, 3, 50", "5, 71, 0, 2.3"})
  void forward_agrees_with_a_direct_convolution(int rows, int columns, double y, double x) {
    Tensor field = Tensor.random(Shape.of(rows, columns), DataType.FLOAT64, 17);
    Tensor smooth = smoother(rows, columns, y, x).forward(field, Parallel.serial());
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        assertThat(smooth.get(i, j)).isCloseTo(direct(field, i, j, y, x), within(1e-13));
      }
    }
  }

  @Test
  void forward_keeps_a_constant_up_to_the_edges() {
    Tensor constant = Tensor.full(Shape.of(30, 20), 1540, DataType.FLOAT32);
    assertThat(smoother(30, 20, 4, 2).forward(constant, Parallel.serial())).isEqualTo(constant);
  }

  @Test
  void adjoint_is_the_transpose_and_not_the_smoother_near_edges() {
    int n = 12;
    Smoother smoother = new Smoother(Shape.of(n), new double[] {2});
    double largest = 0;
    for (int i = 0; i < n; i++) {
      Tensor column = smoother.forward(unit(n, i), Parallel.serial());
      for (int k = 0; k < n; k++) {
        Tensor row = smoother.adjoint(unit(n, k), Parallel.serial());
        assertThat(row.at(i)).isCloseTo(column.at(k), within(1e-15));
        largest = Math.max(largest, Math.abs(column.at(k) - symmetric(smoother, n, i, k)));
      }
    }
    assertThat(largest).as("the matrix is not symmetric").isGreaterThan(0.05);
  }

  @Test
  void forward_does_not_depend_on_the_schedule() {
    Tensor field = Tensor.random(Shape.of(90, 80), DataType.FLOAT32, 18);
    Smoother smoother = smoother(90, 80, 2, 3);
    assertThat(smoother.forward(field, new Backwards()))
        .isEqualTo(smoother.forward(field, Parallel.serial()));
  }

  private static Smoother smoother(int rows, int columns, double y, double x) {
    return new Smoother(Shape.of(rows, columns), new double[] {y, x});
  }

  private static Tensor unit(int n, int at) {
    double[] values = new double[n];
    values[at] = 1;
    return Tensor.adopt(Shape.of(n), values);
  }

  private static double symmetric(Smoother smoother, int n, int i, int k) {
    return smoother.forward(unit(n, k), Parallel.serial()).at(i);
  }

  /** The formula of the operator, with two-dimensional weights and their sum. */
  private static double direct(Tensor field, int row, int column, double y, double x) {
    double above = 0;
    double below = 0;
    for (int i = 0; i < field.shape().extent(0); i++) {
      for (int j = 0; j < field.shape().extent(1); j++) {
        double weight = weight(row - i, y) * weight(column - j, x);
        above += weight * field.get(i, j);
        below += weight;
      }
    }
    return above / below;
  }

  private static double weight(int distance, double sigma) {
    if (distance == 0) {
      return 1;
    }
    boolean near = Math.abs(distance) <= Math.ceil(4 * sigma);
    return near ? Math.exp(-distance * distance / (2 * sigma * sigma)) : 0;
  }
}
