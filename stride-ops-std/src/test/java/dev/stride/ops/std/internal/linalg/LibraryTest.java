package dev.stride.ops.std.internal.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LibraryTest {

  @Test
  void java_can_be_asked_for() {
    assertThat(Library.choose("java").name()).isEqualTo("java");
    assertThat(Library.choose("java").blas()).isNull();
  }

  @Test
  void automatic_choice_is_the_native_library_where_there_is_one() {
    assertThat(Library.choose("auto").name())
        .isEqualTo(Libraries.all().reduce((first, last) -> last).orElseThrow().name());
  }

  @Test
  void other_wishes_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Library.choose("mkl"))
        .withMessage("stride.blas is `mkl`; expected auto, native or java.");
  }
}
