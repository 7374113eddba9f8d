package dev.stride.ops.std.internal.reduction;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Terms;
import dev.stride.ops.std.internal.operator.TermsMap;

/**
 * The sums over axes, divided by a number.
 *
 * @param divisor 1 for sums, the number of elements for means
 */
record Total(Axes axes, double divisor) implements TermsMap {

  @Override
  public Shape from() {
    return axes.from();
  }

  @Override
  public Shape to() {
    return axes.to();
  }

  @Override
  public Tensor forward(Terms x, Parallel parallel) {
    return Reduction.sum(x, axes, divisor, parallel).reshape(axes.to());
  }

  @Override
  public Tensor adjoint(Tensor cotangent, Parallel parallel) {
    Tensor each = cotangent.reshape(axes.kept());
    if (divisor != 1) {
      Tensor number = Tensor.scalar(divisor, cotangent.dataType());
      each = Elementwise.zip(Arithmetic.DIVIDE, each, number, parallel);
    }
    return Reduction.repeatTo(each, axes.from());
  }
}
