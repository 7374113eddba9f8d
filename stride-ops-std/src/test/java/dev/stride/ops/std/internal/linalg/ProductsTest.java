package dev.stride.ops.std.internal.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Backwards;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products by either library, of all layouts, whatever the schedule. */
class ProductsTest {

  static Stream<Library> libraries() {
    return Libraries.all();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void products_of_all_layouts_agree_with_sums(Library library) {
    for (DataType type : DataType.values()) {
      check(library, type, 1, 1, 1);
      check(library, type, 3, 300, 2);
      check(library, type, 17, 33, 21);
      check(library, type, 600, 5, 30);
      check(library, type, 20, 40, 1100);
      check(library, type, 5, Products.DEPTH + 7, 6);
      check(library, type, 0, 3, 2);
      check(library, type, 2, 0, 3);
    }
  }

  private static void check(Library library, DataType type, int m, int k, int n) {
    Tensor a = Tensor.random(Shape.of(2, 1, m, k), type, 3);
    Tensor b = Tensor.random(Shape.of(3, k, n), type, 4);
    Stored left = Stored.of(a, a.shape());
    Stored right = Stored.of(b, b.shape());
    Products products = new Products(library);
    Backwards backwards = new Backwards();
    Tensor y = products.multiply(left, right, backwards);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3, m, n));
    assertThat(products.multiply(left, right, Parallel.serial())).isEqualTo(y);
    Stored turnedLeft = Stored.of(turned(a), Shape.of(2, 1, k, m)).turned();
    Stored turnedRight = Stored.of(turned(b), Shape.of(3, n, k)).turned();
    close(products.multiply(turnedLeft, right, backwards), y, k);
    close(products.multiply(left, turnedRight, backwards), y, k);
    close(products.multiply(turnedLeft, turnedRight, backwards), y, k);
    for (int i = 0; i < m; i += 7) {
      for (int j = 0; j < n; j += 5) {
        double sum = 0;
        double size = 0;
        for (int l = 0; l < k; l++) {
          sum += a.get(1, 0, i, l) * b.get(2, l, j);
          size += Math.abs(a.get(1, 0, i, l) * b.get(2, l, j));
        }
        assertThat(Math.abs(y.get(1, 2, i, j) - sum))
            .isLessThanOrEqualTo(4 * type.epsilon() * size);
      }
    }
  }

  private static void close(Tensor actual, Tensor expected, int depth) {
    double error = actual.minus(expected).norm();
    double scale = expected.norm() * (1 + Math.sqrt(depth));
    assertThat(error).isLessThanOrEqualTo(4 * expected.dataType().epsilon() * scale);
  }

  private static Tensor turned(Tensor x) {
    int rows = x.shape().extent(-2);
    int columns = x.shape().extent(-1);
    double[] values = new double[x.size()];
    for (int i = 0; i < values.length; i++) {
      int within = i % (rows * columns);
      int from = i - within + within % rows * columns + within / rows;
      values[i] = x.at(from);
    }
    return Tensor.adopt(Shape.of(values.length), values).cast(x.dataType());
  }
}
