package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;

/**
 * Sums a tensor on a device over the axes along which one of the shape of {@code like} would be
 * repeated: the adjoint of broadcasting, for gradients of gradients. Its own adjoint repeats. Only
 * the shape of {@code like} is used. Stateless.
 */
final class SumTo extends LinearOperator {

  private static final Code ITSELF = Code.of("x", "x");

  private final Reduction sums;
  private final Elements elements;

  SumTo(ComputeDevice device) {
    super("stride.sum-to", device, Port.auxiliary("like", Tensor.class));
    this.sums = new Reduction(device, "stride.sum-to");
    this.elements = new Elements(device, "stride.sum-to (adjoint)");
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return new Repeated(x, call.tensor("like").shape());
  }

  private final class Repeated implements LinearMap {

    private final Shape from;
    private final Shape to;

    Repeated(Shape from, Shape to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public Tensor forward(Tensor x) {
      return from.equals(to) ? x : sums.compute(ITSELF, Axes.repeated(to, from), 1, List.of(x));
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return from.equals(to) ? cotangent : elements.compute(ITSELF, from, List.of(cotangent));
    }
  }
}
