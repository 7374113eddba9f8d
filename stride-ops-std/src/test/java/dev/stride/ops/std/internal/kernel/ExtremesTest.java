package dev.stride.ops.std.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtremesTest {

  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MAX_VALUE,
    Float.NaN,
    Float.intBitsToFloat(0xffc00000) // what a processor makes of 0 / 0
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 100, 2049})
  void extremes_are_those_of_Math(int count) {
    Random random = new Random(count);
    for (int turn = 0; turn < 200; turn++) {
      float[] x = new float[count];
      int kinds = random.nextInt(1, SPECIAL.length + 1);
      for (int i = 0; i < count; i++) {
        x[i] = random.nextInt(4) > 0 ? SPECIAL[random.nextInt(kinds)] : random.nextFloat() - 1;
      }
      float most = Float.NEGATIVE_INFINITY;
      float least = Float.POSITIVE_INFINITY;
      for (float element : x) {
        most = Math.max(most, element);
        least = Math.min(least, element);
      }
      Extremes extremes = new Extremes();
      extremes.add(x, 0, count);
      assertThat(new float[] {extremes.least(), extremes.most()})
          .as("turn %d", turn)
          .isEqualTo(new float[] {least, most});
    }
  }

  @Test
  void vector_code_finds_the_extremes_of_a_vector() {
    assumeThat(VectorUnit.lanes(DataType.FLOAT32))
        .as("a vector unit of float32 lanes")
        .isGreaterThanOrEqualTo(VectorExtremes.WIDTH);
    for (int at = 0; at < Extremes.TURN; at++) {
      float[] x = new float[3 + 2 * Extremes.TURN];
      x[3 + Extremes.TURN + at] = 7;
      x[3 + (at + 1) % Extremes.TURN] = -7;
      Extremes extremes = new Extremes();
      VectorExtremes.add(x, 3, 2 * Extremes.TURN, extremes);
      assertThat(extremes.most()).isEqualTo(7);
      assertThat(extremes.least()).isEqualTo(-7);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 9})
  void columns_and_rows_have_the_extremes_of_their_elements(int rows) {
    for (int columns : new int[] {700, 5}) {
      for (DataType type : DataType.values()) {
        requireExtremes(Tensor.random(Shape.of(rows, columns), type, rows), columns);
      }
    }
  }

  private static void requireExtremes(Tensor x, int width) {
    for (Folds fold : List.of(Folds.MAX, Folds.MIN)) {
      for (boolean columns : new boolean[] {true, false}) {
        Axes axes = Axes.of(x.shape(), new boolean[] {columns, !columns}, false);
        Tensor y = fold.over(axes, x, Parallel.serial());
        assertThat(y.dataType()).isEqualTo(x.dataType());
        for (int i = 0; i < y.size(); i++) {
          double extreme = x.at(columns ? i : i * width);
          for (int k = 0; k < axes.length(); k++) {
            double element = x.at(columns ? k * width + i : i * width + k);
            extreme = fold == Folds.MAX ? Math.max(extreme, element) : Math.min(extreme, element);
          }
          assertThat(y.at(i)).isEqualTo(extreme);
        }
      }
    }
  }
}
