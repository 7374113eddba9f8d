package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // null is passed where it must be refused
class GradientsTest {

  @Test
  void by_position_keeps_order_and_nulls() {
    Object[] given = {1.0, null, "x"};
    Gradients gradients = Gradients.of(given);
    given[0] = 2.0;

    assertThat(gradients.positional()).containsExactly(1.0, null, "x");
    assertThat(gradients.byPath()).isEmpty();
    assertThatThrownBy(() -> gradients.positional().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void by_path_keeps_order_and_has_no_positions() {
    Gradients.Builder builder = Gradients.builder().put("b", 1.0).put("a", 2.0);
    Gradients gradients = builder.build();
    builder.put("c", 3.0);

    assertThat(gradients.positional()).isNull();
    assertThat(gradients.byPath().keySet()).containsExactly("b", "a");
    assertThatThrownBy(() -> gradients.byPath().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void by_path_refuses_null_and_names_it() {
    assertThatNullPointerException()
        .isThrownBy(() -> Gradients.builder().put("velocity", null))
        .withMessageContaining("velocity");
  }

  @Test
  void preconditioner_is_added_without_changing_the_original() {
    Gradients plain = Gradients.of(1.0);
    Gradients conditioned = plain.preconditioner("x", 4.0).preconditioner("y", 5.0);

    assertThat(plain.preconditioners()).isEmpty();
    assertThat(conditioned.preconditioners()).containsEntry("x", 4.0).containsEntry("y", 5.0);
    assertThat(conditioned.positional()).containsExactly(1.0);
    assertThatNullPointerException().isThrownBy(() -> plain.preconditioner("x", null));
  }

  @Test
  void outputs_keep_values_and_saved_state() {
    Outputs plain = Outputs.of(1.0, "two");
    Outputs saving = plain.saving("state");

    assertThat(plain.values()).containsExactly(1.0, "two");
    assertThat(plain.saved()).isNull();
    assertThat(saving.saved()).isEqualTo("state");
    assertThat(saving.values()).isEqualTo(plain.values());
    assertThatNullPointerException().isThrownBy(() -> Outputs.of(1.0, null));
    assertThatNullPointerException().isThrownBy(() -> plain.saving(null));
  }
}
