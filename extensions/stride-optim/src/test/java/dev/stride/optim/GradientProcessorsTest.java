package dev.stride.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stride.api.Tensor;
import org.junit.jupiter.api.Test;

class GradientProcessorsTest {

  private static final Tensor GRADIENT = Tensor.of(2.0, 6.0);
  private static final Tensor PRECONDITIONER = Tensor.of(1.0, 3.0);

  @Test
  void masked_multiplies_by_the_weights() {
    assertThat(GradientProcessors.masked(Tensor.of(0.0, 0.5)).process(GRADIENT, null))
        .isEqualTo(Tensor.of(0.0, 3.0));
  }

  @Test
  void preconditioned_divides_by_the_filtered_preconditioner_and_a_share_of_its_mean() {
    var processor = GradientProcessors.preconditioned(Tensor.of(1.0, 0.0), 0.5, p -> p.times(2));
    // The filtered preconditioner is [2, 6]; its mean over the first element is 2, half of it 1.
    assertThat(processor.process(GRADIENT, PRECONDITIONER)).isEqualTo(Tensor.of(2.0 / 3, 6.0 / 7));
  }

  @Test
  void preconditioned_leaves_the_gradient_alone_without_a_preconditioner() {
    var processor = GradientProcessors.preconditioned(Tensor.of(1.0, 1.0), 0.1, p -> p);
    assertThat(processor.process(GRADIENT, null)).isSameAs(GRADIENT);
    assertThat(processor.process(GRADIENT, Tensor.of(0.0, 0.0))).isSameAs(GRADIENT);
  }

  @Test
  void chain_applies_in_order_with_one_preconditioner() {
    var chain =
        GradientProcessors.chain(
            GradientProcessors.filtered(g -> g.plus(1)),
            GradientProcessors.masked(Tensor.of(2.0, 2.0)),
            (g, p) -> p == null ? g : g.plus(p));
    assertThat(chain.process(GRADIENT, PRECONDITIONER)).isEqualTo(Tensor.of(7.0, 17.0));
  }

  @Test
  void preconditioned_without_damping_is_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientProcessors.preconditioned(GRADIENT, 0, p -> p))
        .withMessageContaining("must be positive");
  }
}
