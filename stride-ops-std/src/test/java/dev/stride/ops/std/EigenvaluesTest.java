package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Eigenvalues that meet: what has a gradient there, and what has not. */
class EigenvaluesTest {

  private static final Tensor IDENTITY = Tensor.of(Shape.of(2, 2), 1.0, 0, 0, 1);

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void their_sum_has_the_gradient_of_the_trace_everywhere() {
    Variable<Tensor> a = stride.parameter(IDENTITY);
    Tensor gradient = Engines.gradient(eigenvalues(a).sum(), a);
    assertThat(gradient.minus(IDENTITY).norm()).isLessThan(1e-15);
  }

  @Test
  void one_that_meets_another_has_none_and_the_error_names_both() {
    Variable<Tensor> a = stride.parameter(IDENTITY);
    assertThatThrownBy(() -> eigenvalues(a).adjoint(Tensor.of(1.0, 2.0)).join())
        .hasStackTraceContaining(
            "stride.symmetric-eigenvalues: eigenvalues 0 and 1 of matrix 0 of `a` meet at 1.0,"
                + " where they have no gradient of their own.");
  }

  private Variable<Tensor> eigenvalues(Variable<Tensor> a) {
    return stride.operator("symmetric-eigenvalues").call(a);
  }
}
