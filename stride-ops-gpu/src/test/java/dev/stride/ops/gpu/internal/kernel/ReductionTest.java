package dev.stride.ops.gpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.Opened;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionTest {

  private static final Code ITSELF = Code.of("x", "x");

  @RegisterExtension static final Opened OPENED = new Opened();

  private static Tensor sum(Tensor x, boolean... removed) {
    Reduction sums = new Reduction(OPENED.device(), "test.sum");
    Axes axes = Axes.of(x.shape(), removed, false);
    return sums.compute(ITSELF, axes, 1, List.of(OPENED.device().upload(x))).toHeap();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 16, 31, 207, 256, 257, 4098, 70_001})
  void sum_of_everything_is_exact_to_the_last_digit_or_two(int size) {
    Tensor x = Tensor.random(Shape.of(size), DataType.FLOAT32, 7);

    assertThat(sum(x, true).item()).isCloseTo(x.sum(), within(4e-7 * Math.sqrt(size + 1.0)));
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, false",
    "false, true, false",
    "false, false, true",
    "true, false, true",
    "true, true, false",
    "false, true, true",
    "true, true, true"
  })
  void sums_over_axes_are_those_of_a_loop(boolean first, boolean second, boolean third) {
    Tensor x = Tensor.random(Shape.of(5, 300, 7), DataType.FLOAT32, 7);
    boolean[] removed = {first, second, third};
    Tensor sums = sum(x, removed);
    double[] expected = new double[sums.size()];
    for (int i = 0; i < x.size(); i++) {
      int[] at = {i / 2100, i / 7 % 300, i % 7};
      int slice = 0;
      for (int axis = 0; axis < 3; axis++) {
        slice = removed[axis] ? slice : slice * x.shape().extent(axis) + at[axis];
      }
      expected[slice] += x.at(i);
    }

    assertThat(sums.toDoubleArray()).containsExactly(expected, within(2e-5));
  }

  @Test
  void sums_are_the_same_bits_every_time() {
    Tensor x = Tensor.random(Shape.of(70_001), DataType.FLOAT32, 7);
    assertThat(List.of(sum(x, true), sum(x, true), sum(x, true))).containsOnly(sum(x, true));
  }

  @Test
  void nothing_is_lost_among_large_terms() {
    Tensor x = Tensor.of(Shape.of(4), 1e8f, 1, -1e8f, 1);
    assertThat(sum(x, true).item()).isEqualTo(2);
  }

  @Test
  void infinity_and_nan_pass() {
    assertThat(sum(Tensor.of(1, Float.POSITIVE_INFINITY), true).item())
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum(Tensor.of(1, Float.NaN), true).item()).isNaN();
  }

  @Test
  void repeated_operands_are_summed_where_they_are_repeated() {
    Tensor a = OPENED.device().upload(Tensor.of(Shape.of(2, 1), 2f, 3f));
    Tensor b = OPENED.device().upload(Tensor.of(Shape.of(3), 1f, 10f, 100f));
    Axes axes = Axes.repeated(Shape.of(2, 1), Shape.of(2, 3));
    Tensor sums =
        new Reduction(OPENED.device(), "test.sum")
            .compute(Code.of("a * b", "a", "b"), axes, 1, List.of(a, b));

    assertThat(sums.toHeap()).isEqualTo(Tensor.of(Shape.of(2, 1), 222f, 333f));
  }

  @Test
  void partial_sums_are_released() {
    int before = OPENED.device().memory().liveBuffers();
    Tensor x = OPENED.device().upload(Tensor.random(Shape.of(70_001), DataType.FLOAT32, 7));
    Tensor y =
        new Reduction(OPENED.device(), "test.sum")
            .compute(ITSELF, Axes.of(x.shape(), new boolean[] {true}, false), 1, List.of(x));
    x.storage().release();
    y.storage().release();

    assertThat(OPENED.device().memory().liveBuffers()).isLessThanOrEqualTo(before);
  }
}
