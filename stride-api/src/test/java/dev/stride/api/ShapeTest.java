package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void size_is_the_product_of_the_extents() {
    assertThat(Shape.of(4, 128, 500).size()).isEqualTo(256_000);
    assertThat(Shape.of().size()).isEqualTo(1);
    assertThat(Shape.of(3, 0).size()).isZero();
  }

  @Test
  void extents_count_from_both_ends() {
    Shape shape = Shape.of(2, 3, 5);
    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.extent(0)).isEqualTo(2);
    assertThat(shape.extent(-1)).isEqualTo(5);
    assertThat(shape.extent(-3)).isEqualTo(2);
  }

  @Test
  void extent_rejects_an_axis_that_is_not_there() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3).extent(2))
        .withMessageContaining("axis 2 of shape [2, 3]; expected -2 to 1");
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(2, 3).extent(-3));
  }

  @Test
  void of_rejects_negative_extents_and_too_many_elements() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, -1))
        .withMessageContaining("axis 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(1 << 16, 1 << 16))
        .withMessageContaining("2^31 - 1");
  }

  @Test
  void of_takes_extents_whose_partial_products_are_large_but_whose_size_is_not() {
    assertThat(Shape.of(0, 1 << 20, 1 << 20).size()).isZero();
    assertThat(Shape.of(1 << 20, 1 << 20, 0).size()).isZero();
  }

  @Test
  void extents_are_copied_in_and_out() {
    int[] extents = {2, 3};
    Shape shape = Shape.of(extents);
    extents[0] = 9;
    shape.toArray()[0] = 9;
    assertThat(shape.extent(0)).isEqualTo(2);
  }

  @Test
  void equals_and_text() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(null);
    assertThat(Shape.of(4, 128, 500)).hasToString("[4, 128, 500]");
    assertThat(Shape.SCALAR).hasToString("[]").isEqualTo(Shape.of());
  }
}
