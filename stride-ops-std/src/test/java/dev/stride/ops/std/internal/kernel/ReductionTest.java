package dev.stride.ops.std.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 9, 255, 256, 257, 2047, 2049, 16383, 16385, 100_003})
  void sum_and_dot_agree_with_exact_arithmetic_at_awkward_sizes(int size) {
    for (DataType type : DataType.values()) {
      Tensor x = Tensor.random(Shape.of(size), type, 8);
      Tensor y = Tensor.random(Shape.of(size), type, 9);
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal dot = BigDecimal.ZERO;
      for (int i = 0; i < size; i++) {
        sum = sum.add(new BigDecimal(x.at(i)));
        dot = dot.add(new BigDecimal(x.at(i)).multiply(new BigDecimal(y.at(i))));
      }
      double tolerance = 1e-14 * Math.sqrt(size) + 1e-300;
      assertThat(Reduction.sum(x, Parallel.serial()))
          .isCloseTo(sum.doubleValue(), within(tolerance));
      assertThat(Reduction.dot(x, y, Parallel.serial()))
          .isCloseTo(dot.doubleValue(), within(tolerance));
    }
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void sums_over_nothing_are_zeros_of_the_shape_asked_for(DataType type) {
    assertThat(
            Reduction.sumTo(
                Tensor.zeros(Shape.of(2, 0, 0), type), Shape.of(0, 0), Parallel.serial()))
        .isEqualTo(Tensor.zeros(Shape.of(0, 0), type));
    assertThat(Reduction.sumTo(Tensor.zeros(Shape.of(0, 3), type), Shape.of(3), Parallel.serial()))
        .isEqualTo(Tensor.zeros(Shape.of(3), type));
    assertThat(
            Reduction.sumTo(Tensor.zeros(Shape.of(3, 0), type), Shape.of(3, 1), Parallel.serial()))
        .isEqualTo(Tensor.zeros(Shape.of(3, 1), type));
  }

  @Test
  void sum_of_many_tenths_in_float32_loses_nothing() {
    int size = 1 << 22;
    Tensor tenths = Tensor.full(Shape.of(size), 0.1, DataType.FLOAT32);
    assertThat(Reduction.sum(tenths, Parallel.serial())).isEqualTo(size * (double) 0.1f);
  }

  @Test
  void sum_in_float64_does_not_grow_its_error() {
    int size = 1 << 22;
    Tensor tenths = Tensor.full(Shape.of(size), 0.1, DataType.FLOAT64);
    double exact = new BigDecimal(tenths.at(0)).multiply(BigDecimal.valueOf(size)).doubleValue();
    assertThat(Reduction.sum(tenths, Parallel.serial()) / exact).isCloseTo(1, within(1e-13));
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void sums_do_not_depend_on_the_schedule(DataType type) {
    Tensor x = Tensor.random(Shape.of(70, 1001), type, 10);
    Backwards backwards = new Backwards();
    assertThat(Reduction.sum(x, backwards)).isEqualTo(Reduction.sum(x, Parallel.serial()));
    assertThat(Reduction.dot(x, x, backwards)).isEqualTo(Reduction.dot(x, x, Parallel.serial()));
    assertThat(backwards.runs()).isEqualTo(2);
  }

  @Test
  void sum_passes_infinity_and_nan() {
    Tensor infinite = Tensor.of(1.0, Double.POSITIVE_INFINITY);
    assertThat(Reduction.sum(infinite, Parallel.serial())).isInfinite();
    assertThat(Reduction.sum(Tensor.of(1, Float.NaN), Parallel.serial())).isNaN();
    Tensor rows = Tensor.of(Shape.of(2, 2), 1.0, Double.POSITIVE_INFINITY, 2, 3);
    assertThat(Reduction.sumTo(rows, Shape.of(2), Parallel.serial()))
        .isEqualTo(Tensor.of(3.0, Double.POSITIVE_INFINITY));
  }

  @Test
  void sumTo_adds_what_repeatTo_repeats() {
    Shape whole = Shape.of(2, 3, 4);
    Tensor x = Tensor.random(whole, DataType.FLOAT64, 11);
    for (Shape shape :
        List.of(
            Shape.of(4),
            Shape.of(3, 1),
            Shape.of(2, 1, 1),
            Shape.of(1, 3, 1),
            Shape.of(2, 1, 4),
            Shape.of(1, 1, 1),
            Shape.SCALAR,
            whole)) {
      Tensor y = Tensor.random(shape, DataType.FLOAT64, 12);
      Tensor repeated = Reduction.repeatTo(y, whole);
      Tensor summed = Reduction.sumTo(x, shape, Parallel.serial());
      assertThat(repeated.shape()).isEqualTo(whole);
      assertThat(summed.shape()).isEqualTo(shape);
      assertThat(repeated.dot(x)).as("%s", shape).isCloseTo(y.dot(summed), within(1e-13));
    }
  }

  @Test
  void sumTo_adds_columns_by_hand() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1f, 2, 3, 10, 20, 30);
    assertThat(Reduction.sumTo(x, Shape.of(3), Parallel.serial())).isEqualTo(Tensor.of(11, 22, 33));
    assertThat(Reduction.sumTo(x, Shape.of(2, 1), Parallel.serial()))
        .isEqualTo(Tensor.of(Shape.of(2, 1), 6f, 60));
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void squares_of_deviations_have_the_bits_of_differences_that_are_written(DataType type) {
    for (Shape shape :
        List.of(
            Shape.of(1),
            Shape.of(7),
            Shape.of(5000),
            Shape.of(9, 37),
            Shape.of(3, 2100),
            Shape.of(5, 3, 4),
            Shape.of(2, 3, 40))) {
      Tensor x = Tensor.random(shape, type, 4).plus(1000);
      for (int reduced = 1; reduced < 1 << shape.rank(); reduced++) {
        Axes axes = axes(shape, reduced);
        Tensor centres = Tensor.random(axes.kept(), type, 5).plus(1000);
        Terms written = Arithmetic.SUBTRACT.kernel().terms(x, centres);
        Tensor expected = Reduction.sumOfSquares(written, axes, 3, Parallel.serial());
        Tensor found =
            Reduction.sumOfSquares(Terms.deviations(x, centres), axes, 3, Parallel.serial());
        assertThat(found).as("%s over %s", shape, axes.to()).isEqualTo(expected);
      }
    }
  }

  /** The axes whose bits are set. */
  private static Axes axes(Shape shape, int bits) {
    boolean[] removed = new boolean[shape.rank()];
    for (int axis = 0; axis < removed.length; axis++) {
      removed[axis] = (bits >> axis & 1) == 1;
    }
    return Axes.of(shape, removed, false);
  }
}
