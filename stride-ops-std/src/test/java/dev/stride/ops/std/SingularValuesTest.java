package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Singular values that meet or vanish: what has a gradient there, and what has not. */
class SingularValuesTest {

  private static final Tensor IDENTITY = Tensor.of(Shape.of(2, 2), 1.0, 0, 0, 1);

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void values_by_hand() {
    Variable<Tensor> a = stride.parameter(Tensor.of(Shape.of(2, 3), 0.0, -2, 0, 5, 0, 0));
    Variable<Tensor> s = values(a);
    assertThat(s.get()).isEqualTo(Tensor.of(5.0, 2));
    s.adjoint(Tensor.of(10.0, 1)).join();
    assertThat(a.grad()).isEqualTo(Tensor.of(Shape.of(2, 3), 0.0, -1, 0, 10, 0, 0));
  }

  @Test
  void sum_of_those_that_meet_has_a_gradient() {
    Variable<Tensor> a = stride.parameter(IDENTITY);
    Tensor gradient = Engines.gradient(values(a).sum(), a);
    assertThat(gradient.minus(IDENTITY).norm()).isLessThan(1e-15);
  }

  @Test
  void one_that_meets_another_has_none_and_the_error_names_both() {
    Variable<Tensor> a = stride.parameter(IDENTITY);
    assertThatThrownBy(() -> values(a).adjoint(Tensor.of(1.0, 2.0)).join())
        .hasStackTraceContaining(
            "stride.singular-values: singular values 0 and 1 of matrix 0 of `a` meet at 1.0,"
                + " where they have no gradient of their own.");
  }

  @Test
  void one_that_vanishes_has_none_unless_the_loss_leaves_it_out() {
    Variable<Tensor> a = stride.parameter(Tensor.of(Shape.of(2, 2), 3.0, 0, 0, 0));
    assertThatThrownBy(() -> values(a).sum().adjoint().join())
        .hasStackTraceContaining(
            "stride.singular-values: singular value 1 of matrix 0 of `a` is 0.0, a kink: it has"
                + " no gradient at 0. Leave it out of the loss, or move the matrix.");
    values(a).adjoint(Tensor.of(2.0, 0)).join();
    assertThat(a.grad()).isEqualTo(Tensor.of(Shape.of(2, 2), 2.0, 0, 0, 0));
  }

  @Test
  void vector_is_refused() {
    Variable<Tensor> a = stride.variable(Tensor.of(1.0, 2));
    assertThatThrownBy(() -> values(a).get())
        .hasStackTraceContaining(
            "stride.singular-values: `a` has shape [2]; it must be [batch..., m, n].");
  }

  private Variable<Tensor> values(Variable<Tensor> a) {
    return stride.operator("singular-values").call(a);
  }
}
