package dev.stride.ops.std.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Reduction;

/**
 * Sums a tensor over the axes along which one of the shape of {@code like} would be repeated: the
 * adjoint of broadcasting, for gradients of gradients. Its own adjoint repeats.
 *
 * <p>Only the shape of {@code like} is used.
 */
public final class SumTo extends LinearOperator {

  public SumTo() {
    super("stride.sum-to", Port.auxiliary("like", Tensor.class));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return new Repeated(x, call.tensor("like").shape());
  }

  private record Repeated(Shape from, Shape to) implements LinearMap {
    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Reduction.sumTo(x, to, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Reduction.repeatTo(cotangent, from);
    }
  }
}
