package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MatMulTest {

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void matrices_by_hand() {
    Variable<Tensor> a = stride.parameter(Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6));
    Variable<Tensor> b = stride.parameter(Tensor.of(Shape.of(3, 2), 7f, 8, 9, 10, 11, 12));
    Variable<Tensor> y = a.matmul(b);
    assertThat(y.get()).isEqualTo(Tensor.of(Shape.of(2, 2), 58f, 64, 139, 154));
    y.adjoint(Tensor.of(Shape.of(2, 2), 1f, 0, 0, 2)).join();
    assertThat(a.grad()).isEqualTo(Tensor.of(Shape.of(2, 3), 7f, 9, 11, 16, 20, 24));
    assertThat(b.grad()).isEqualTo(Tensor.of(Shape.of(3, 2), 1f, 8, 2, 10, 3, 12));
  }

  @Test
  void vectors_leave_their_axis_out() {
    Variable<Tensor> matrix = stride.variable(Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6));
    Variable<Tensor> three = stride.variable(Tensor.of(1, 1, 2));
    Variable<Tensor> two = stride.variable(Tensor.of(1, 10));
    assertThat(matrix.matmul(three).get()).isEqualTo(Tensor.of(9, 21));
    assertThat(two.matmul(matrix).get()).isEqualTo(Tensor.of(41, 52, 63));
    assertThat(three.matmul(three).get()).isEqualTo(Tensor.scalar(6f));
  }

  @Test
  void gradient_is_absent_where_it_is_not_needed() {
    Variable<Tensor> a = stride.parameter(Tensor.random(2, 3));
    Variable<Tensor> b = stride.variable(Tensor.random(3, 2));
    a.matmul(b).sum().adjoint().join();
    assertThat(a.grad()).isNotNull();
    assertThat(b.grad()).isNull();
  }

  @Test
  void unequal_inner_extents_are_refused() {
    Variable<Tensor> a = stride.variable(Tensor.random(2, 3));
    assertThatThrownBy(() -> a.matmul(stride.variable(Tensor.random(2, 3))).get())
        .hasStackTraceContaining(
            "stride.matmul: `a` has shape [2, 3] but `b` has shape [2, 3]; the last extent of `a`"
                + " must be the first of `b`. Transpose or crop one of them.");
  }

  @Test
  void stacks_that_do_not_fit_and_scalars_are_refused() {
    Variable<Tensor> a = stride.variable(Tensor.random(2, 3, 4));
    assertThatThrownBy(() -> a.matmul(stride.variable(Tensor.random(3, 4, 5))).get())
        .hasStackTraceContaining(
            "stride.matmul: `a` has shape [2, 3, 4] but `b` has shape [3, 4, 5]; extents before the"
                + " matrices, aligned at the last of them, must be equal or one of them 1.");
    assertThatThrownBy(() -> a.matmul(stride.variable(Tensor.random(2, 3, 4))).get())
        .hasStackTraceContaining("the last extent of `a` must be the last but one of `b`.");
    assertThatThrownBy(() -> a.matmul(stride.variable(Tensor.scalar(2.0))).get())
        .hasStackTraceContaining("stride.matmul: `b` is a scalar; it must be a vector, a matrix");
    assertThatThrownBy(
            () -> stride.operator("matvec").call(a, stride.variable(Tensor.random(2, 3))).get())
        .hasStackTraceContaining(
            "stride.matvec: `a` has shape [2, 3, 4] but `x` has shape [2, 3]; they must be"
                + " [batch..., m, k] and [batch..., k].");
  }
}
