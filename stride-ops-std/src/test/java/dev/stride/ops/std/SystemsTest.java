package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Systems and factorisations by hand, and what cannot be solved. */
class SystemsTest {

  private static final Tensor SINGULAR = Tensor.of(Shape.of(2, 2, 2), 1.0, 0, 0, 1, 1, 2, 2, 4);

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void solve_by_hand() {
    Variable<Tensor> a = stride.parameter(Tensor.of(Shape.of(2, 2), 0.0, 2, 4, 0));
    Variable<Tensor> b = stride.parameter(Tensor.of(6.0, 8.0));
    Variable<Tensor> x = call("solve", a, b);
    assertThat(x.get()).isEqualTo(Tensor.of(2.0, 3.0));
    x.adjoint(Tensor.of(4.0, 2.0)).join();
    assertThat(b.grad()).isEqualTo(Tensor.of(1.0, 1.0));
    assertThat(a.grad()).isEqualTo(Tensor.of(Shape.of(2, 2), -2.0, -3, -2, -3));
  }

  @Test
  void logdet_gives_gradients_and_the_sign_none() {
    Variable<Tensor> a = stride.parameter(Tensor.of(Shape.of(2, 2), 0.0, 2, 4, 0));
    var results = stride.operator("logdet").callAll(a);
    assertThat(results.get("sign", Tensor.class).get().item()).isEqualTo(-1);
    assertThat(Engines.gradient(results.get("y", Tensor.class), a))
        .isEqualTo(Tensor.of(Shape.of(2, 2), 0.0, 0.5, 0.25, 0));
  }

  @Test
  void singular_matrices_are_named_with_their_pivot() {
    Variable<Tensor> a = stride.parameter(SINGULAR);
    fails(
        "stride.solve: matrix 1 of `a` is singular (pivot 2). Add a multiple of the identity",
        call("solve", a, Tensor.random(2, 2, 1)));
    fails("stride.inverse: matrix 1 of `a` is singular (pivot 2).", call("inverse", a));
    fails(
        "stride.triangular-solve: matrix 0 of `a` is singular (pivot 2). Correct the zero",
        call(
            "triangular-solve",
            Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 0),
            stride.variable(vector())));
    assertThatThrownBy(() -> call("determinant", a).sum().adjoint().join())
        .hasStackTraceContaining("stride.determinant: matrix 1 of `a` is singular (pivot 2).");
  }

  private static Tensor vector() {
    return Tensor.of(1.0, 2.0);
  }

  @Test
  void matrices_that_are_not_positive_definite_are_named_with_their_pivot() {
    Tensor stack = Tensor.of(Shape.of(2, 2, 2), 1.0, 0, 0, 1, 1, 2, 2, 1);
    fails(
        "stride.cholesky: matrix 1 of `a` is not positive definite (pivot 2). Add a multiple",
        call("cholesky", stride.variable(stack)));
  }

  @Test
  void the_diagonal_of_a_unit_triangle_is_not_read() {
    Variable<Tensor> a = stride.parameter(Tensor.of(Shape.of(2, 2), 0.0, 9, 3, 0));
    Variable<Tensor> x =
        stride.operator("triangular-solve").call(Arguments.of(a, vector()).with("unit", true));
    assertThat(x.get()).isEqualTo(Tensor.of(1.0, -1.0));
    assertThat(Engines.gradient(x.sum(), a))
        .isEqualTo(Tensor.of(Shape.of(2, 2), -0.0, -0.0, -1, -0.0));
  }

  @Test
  void shapes_that_do_not_fit_are_refused() {
    Variable<Tensor> wide = stride.variable(Tensor.random(2, 3));
    fails(
        "stride.cholesky: `a` has shape [2, 3]; it must be [batch..., n, n]. Crop or reshape it",
        call("cholesky", wide));
    fails(
        "stride.solve: `a` has shape [2, 2, 2] but `b` has shape [2]; they must be [batch..., n,"
            + " n] and [batch..., n, m], or [n, n] and [n].",
        call("solve", stride.variable(SINGULAR), vector()));
    fails(
        "stride.triangle: `x` has shape [2]; it must be",
        call("triangle", stride.variable(vector())));
  }

  private static void fails(String message, Variable<Tensor> result) {
    assertThatThrownBy(result::get).hasStackTraceContaining(message);
  }

  private Variable<Tensor> call(String operator, Object... arguments) {
    return stride.operator(operator).call(arguments);
  }
}
