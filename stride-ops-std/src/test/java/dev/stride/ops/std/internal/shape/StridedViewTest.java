package dev.stride.ops.std.internal.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Backwards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies large enough to be split, in both directions, whatever the schedule. */
class StridedViewTest {

  private static final Shape FROM = Shape.of(67, 5, 129);

  @ParameterizedTest
  @EnumSource(DataType.class)
  void forward_reads_at_the_strides_and_adjoint_writes_there(DataType type) {
    Tensor x = Tensor.random(FROM, type, 41);
    // Backwards along the last axis, which becomes the first, and every second of the middle one.
    StridedView view = new StridedView(FROM, Shape.of(129, 3, 67), 128, new int[] {-1, 258, 645});
    Backwards backwards = new Backwards();
    Tensor y = view.forward(x, backwards);
    assertThat(backwards.runs()).isEqualTo(1);
    for (int i = 0; i < 129; i += 8) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 67; k++) {
          assertThat(y.get(i, j, k)).isEqualTo(x.get(k, 2 * j, 128 - i));
        }
      }
    }
    assertThat(view.forward(x, Parallel.serial())).isEqualTo(y);
    Tensor back = view.adjoint(y, backwards);
    assertThat(back.get(3, 4, 7)).isEqualTo(x.get(3, 4, 7));
    assertThat(back.get(3, 3, 7)).isZero();
    assertThat(view.adjoint(y, Parallel.serial())).isEqualTo(back);
  }

  @Test
  void a_view_that_changes_nothing_copies_rows_as_long_as_the_tensor() {
    Tensor x = Tensor.random(FROM, DataType.FLOAT64, 42);
    StridedView view = new StridedView(FROM, FROM, 0, StridedView.rowMajor(FROM));
    assertThat(view.forward(x, Parallel.serial())).isEqualTo(x);
  }

  @Test
  void an_empty_view_copies_nothing() {
    StridedView view = new StridedView(FROM, Shape.of(0, 4), 0, new int[] {1, 1});
    Tensor x = Tensor.random(FROM, DataType.FLOAT32, 43);
    assertThat(view.forward(x, Parallel.serial()).size()).isZero();
  }
}
