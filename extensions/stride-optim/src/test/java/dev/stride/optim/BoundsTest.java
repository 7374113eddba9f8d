package dev.stride.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stride.api.Tensor;
import org.junit.jupiter.api.Test;

class BoundsTest {

  @Test
  void project_moves_to_the_nearest_bound_and_keeps_nan() {
    Tensor value = Tensor.of(-5.0, 1.5, 9.0, Double.NaN);
    assertThat(new Bounds(1, 2).project(value).toDoubleArray())
        .containsExactly(1, 1.5, 2, Double.NaN);
  }

  @Test
  void project_without_bounds_changes_nothing() {
    Tensor value = Tensor.of(-1e300, 1e300);
    assertThat(Bounds.NONE.project(value)).isEqualTo(value);
  }

  @Test
  void bounds_in_the_wrong_order_are_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bounds(2, 1))
        .withMessageContaining("2.0 to 1.0");
  }
}
