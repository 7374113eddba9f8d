package dev.stride.ops.std.internal.reduction;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.operator.LinearMap;

/**
 * The sum of all elements divided by a number.
 *
 * @param divisor 1 for the sum, the number of elements for the mean
 */
record Total(Shape from, double divisor) implements LinearMap {

  @Override
  public Shape to() {
    return Shape.SCALAR;
  }

  @Override
  public Tensor forward(Tensor x, Parallel parallel) {
    return Tensor.scalar(Reduction.sum(x, parallel) / divisor, x.dataType());
  }

  @Override
  public Tensor adjoint(Tensor cotangent, Parallel parallel) {
    Tensor share = Tensor.scalar(cotangent.item() / divisor, cotangent.dataType());
    return Reduction.repeatTo(share, from, parallel);
  }
}
