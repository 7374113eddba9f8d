package dev.stride.ops.std.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 3, 4",
    "5, 1, 2",
    "1, 7, 9",
    "9, 7, 1",
    "300, 5, 1",
    "67, 130, 3",
    "3, 65, 520",
    "70, 64, 513",
    "0, 2, 3",
    "2, 0, 3"
  })
  void of_agrees_with_a_sum_in_float64(int rows, int depth, int columns) {
    for (DataType type : DataType.values()) {
      Tensor a = Tensor.random(Shape.of(rows, depth), type, 13);
      Tensor b = Tensor.random(Shape.of(depth, columns), type, 14);
      Tensor expected = naive(a, b);
      Tensor plain = product(Matrix.of(a, rows, depth), Matrix.of(b, depth, columns));
      Tensor turned =
          product(
              Matrix.of(turned(a), depth, rows).transposed(),
              Matrix.of(turned(b), columns, depth).transposed());
      double tolerance = 4 * type.epsilon() * (1 + Math.sqrt(depth)) * (1 + expected.norm());
      assertThat(plain.dataType()).isEqualTo(type);
      assertThat(plain.cast(DataType.FLOAT64).minus(expected).norm()).isLessThan(tolerance);
      assertThat(turned).as("transposed views").isEqualTo(plain);
    }
  }

  @Test
  void of_does_not_depend_on_the_schedule() {
    Tensor a = Tensor.random(Shape.of(200, 90), DataType.FLOAT32, 15);
    Tensor b = Tensor.random(Shape.of(90, 700), DataType.FLOAT32, 16);
    Backwards backwards = new Backwards();
    Shape shape = Shape.of(200, 700);
    Tensor product =
        MatrixProduct.of(Matrix.of(a, 200, 90), Matrix.of(b, 90, 700), shape, backwards);
    assertThat(product).isEqualTo(product(Matrix.of(a, 200, 90), Matrix.of(b, 90, 700)));
    assertThat(backwards.runs()).isEqualTo(1);
  }

  @Test
  void of_long_rows_in_float32_keeps_the_error_of_a_short_block() {
    int depth = 1 << 20;
    Tensor a = Tensor.full(Shape.of(1, depth), 0.1, DataType.FLOAT32);
    Tensor b = Tensor.full(Shape.of(depth, 1), 1, DataType.FLOAT32);
    double exact = depth * (double) 0.1f;
    double error = product(Matrix.of(a, 1, depth), Matrix.of(b, depth, 1)).item() / exact - 1;
    assertThat(Math.abs(error)).isLessThan(1e-6);
  }

  private static Tensor product(Matrix a, Matrix b) {
    return MatrixProduct.of(a, b, Shape.of(a.rows(), b.columns()), Parallel.serial());
  }

  private static Tensor naive(Tensor a, Tensor b) {
    int depth = b.shape().extent(0);
    int columns = b.shape().extent(1);
    double[] values = new double[a.shape().extent(0) * columns];
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < depth; k++) {
        values[i] += a.get(i / columns, k) * b.get(k, i % columns);
      }
    }
    return Tensor.adopt(Shape.of(a.shape().extent(0), columns), values);
  }

  private static Tensor turned(Tensor matrix) {
    int rows = matrix.shape().extent(0);
    int columns = matrix.shape().extent(1);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix.get(i % rows, i / rows);
    }
    return Tensor.adopt(Shape.of(columns, rows), values).cast(matrix.dataType());
  }
}
