package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;

/**
 * A tensor repeated to a larger shape, on a device; of ports and meaning as {@code
 * stride.broadcast} of the standard pack. For a cotangent {@code g} the adjoint is the sum of
 * {@code g} over the repeated axes, in a fixed order. Saves shapes. Stateless.
 */
final class Broadcast extends LinearOperator {

  private static final Code ITSELF = Code.of("x", "x");

  private final Elements elements;
  private final Reduction sums;

  Broadcast(ComputeDevice device) {
    super("stride.broadcast", device, Port.auxiliary("shape", Shape.class));
    this.elements = new Elements(device, "stride.broadcast");
    this.sums = new Reduction(device, "stride.broadcast (adjoint)");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(3, 1), 23), Shape.of(3, 4)),
        Sample.of(Domain.ALL.of(Shape.of(2, 1, 3, 1), 23), Shape.of(2, 5, 3, 2))
            .described("two axes of four"),
        Sample.of(Domain.ALL.of(Shape.of(1), 23), Shape.of(1)).described("nothing changes"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Shape shape = call.value("shape", Shape.class);
    if (!Operands.repeatsTo(x, shape)) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " and cannot be repeated to `shape` "
              + shape
              + "; aligned at the last axis, extents of `x` must be 1 or equal. Reshape it first.");
    }
    return new Repeated(x, shape);
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
      return from.equals(to) ? x : elements.compute(ITSELF, to, List.of(x));
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return from.equals(to)
          ? cotangent
          : sums.compute(ITSELF, Axes.repeated(from, to), 1, List.of(cotangent));
    }
  }
}
