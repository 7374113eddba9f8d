package dev.stride.ops.std.internal.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both libraries find: matrices of every form are put together again from their parts. */
class SingularSystemTest {

  @ParameterizedTest
  @MethodSource("dev.stride.ops.std.internal.linalg.Libraries#all")
  void parts_make_the_matrix(Library library) {
    check(library, 1, 1);
    check(library, 4, 4);
    check(library, 3, 8);
    check(library, 9, 2);
    check(library, 60, 40);
    check(library, 40, 60);
    check(library, 1, 90);
    check(library, 90, 1);
    check(library, 200, 9);
  }

  private static void check(Library library, int m, int n) {
    int k = Math.min(m, n);
    double[] a = Tensor.random(Shape.of(m, n), DataType.FLOAT64, 5).toDoubleArray();
    double[] s = new double[k];
    double[] longer = a.clone();
    double[] square = new double[k * k];
    assertThat(library.lapack().gesdd(n, m, longer, 0, s, 0, square, 0)).isZero();
    double[] left = n >= m ? square : longer;
    double[] right = n >= m ? longer : square;
    for (int i = 0; i + 1 < k; i++) {
      assertThat(s[i]).isGreaterThanOrEqualTo(s[i + 1]);
    }
    double scale = 4 * Math.ulp(s[0]) * (m + n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += left[i * k + l] * s[l] * right[l * n + j];
        }
        assertThat(Math.abs(sum - a[i * n + j])).isLessThan(scale);
      }
    }
  }
}
