package dev.stride.ops.std.internal.loss;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;

/** The sum of each trace, {@code [..., time]} to {@code [..., 1]}, for gradients of gradients. */
final class TraceSum extends LinearOperator {

  TraceSum() {
    super("stride.trace-sum");
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() == 0) {
      throw Operands.wrong(call, "`x` is a scalar and has no traces. Reshape it to [1] first.");
    }
    return new Summed(x);
  }

  private record Summed(Shape from) implements LinearMap {
    @Override
    public Shape to() {
      return Shapes.with(from, from.rank() - 1, 1);
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Reduction.sumTo(x, to(), parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Reduction.repeatTo(cotangent, from);
    }
  }
}
