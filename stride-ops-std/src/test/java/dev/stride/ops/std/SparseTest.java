package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Products with a sparse matrix as a user calls them. */
class SparseTest {

  private final Stride stride = Engines.standard();
  private final Operator<Tensor> product = stride.operator("csr-matvec");

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void product_and_gradients_by_hand() {
    Variable<Tensor> values = stride.parameter(Tensor.of(2.0, 3, 5));
    Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 10));
    Variable<Tensor> y = product.call(values, x, Tensor.of(0.0, 1, 3), Tensor.of(1.0, 0, 1));
    assertThat(y.get()).isEqualTo(Tensor.of(20.0, 53));
    y.adjoint(Tensor.of(1.0, 100)).join();
    assertThat(values.grad()).isEqualTo(Tensor.of(10.0, 100, 1000));
    assertThat(x.grad()).isEqualTo(Tensor.of(300.0, 502));
  }

  private void assertRefused(Tensor starts, Tensor columns, String message) {
    Variable<Tensor> x = stride.variable(Tensor.of(1.0, 2));
    Tensor values = Tensor.random(Shape.of(columns.size()), DataType.FLOAT64, 1);
    assertThatThrownBy(() -> product.call(values, x, starts, columns).get())
        .hasStackTraceContaining("stride.csr-matvec: " + message);
  }

  @Test
  void wrong_rows_and_columns_are_refused_and_the_row_is_named() {
    assertRefused(
        Tensor.of(0.0, 1, 3),
        Tensor.of(1.0, 0, 2),
        "row 1 has column 2.0 at entry 2, but `x` has 2 elements; columns are whole numbers from 0"
            + " to 1. Correct `columns`, or give it in float64 if float32 rounded it.");
    assertRefused(
        Tensor.of(0.0, 2, 1, 3),
        Tensor.of(1.0, 0, 1),
        "row 2 begins at entry 1.0 by `starts`, but that before it at 2, and there are 3 entries.");
    assertRefused(
        Tensor.of(0.0, 2),
        Tensor.of(1.0, 0, 1),
        "row 0 ends at entry 2.0 by `starts`, but the last ends with the 3 entries of `columns`.");
    assertRefused(
        Tensor.of(1.0, 3),
        Tensor.of(1.0, 0, 1),
        "row 0 begins at entry 1.0 by `starts`, but the first begins at 0.");
  }

  @Test
  void gradient_of_a_tall_matrix_has_the_same_bits_for_any_number_of_threads() {
    int rows = 5000;
    Tensor values = Tensor.random(Shape.of(rows), DataType.FLOAT32, 1);
    Tensor columns = Tensor.zeros(Shape.of(rows), DataType.FLOAT64).map(v -> 0);
    Tensor g = Tensor.random(Shape.of(rows), DataType.FLOAT32, 2);
    double[] starts = new double[rows + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i;
    }
    Tensor two = gradient(stride, values, Tensor.of(starts), columns, g);
    try (Stride serial =
        Stride.builder().withoutDiscovery().threads(1).pack(new StandardPack()).build()) {
      assertThat(gradient(serial, values, Tensor.of(starts), columns, g)).isEqualTo(two);
    }
  }

  private static Tensor gradient(
      Stride engine, Tensor values, Tensor starts, Tensor columns, Tensor g) {
    Variable<Tensor> x = engine.parameter(Tensor.of(1f, 2, 3));
    Variable<Tensor> y = engine.operator("csr-matvec").call(values, x, starts, columns);
    return Engines.gradient(y.times(engine.variable(g)).sum(), x);
  }
}
