package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import java.util.List;

/**
 * Slabs of a tensor along an axis, picked by their indices, on a device; of ports and meaning as
 * {@code stride.gather} of the standard pack. The adjoint adds each slab of the cotangent to the
 * one that it was picked from, in the order of the indices. Waits for the indices, which are
 * checked. Saves shapes and the indices. Stateless.
 */
final class Gather extends LinearOperator {

  private final AlongAxis along;

  Gather(ComputeDevice device) {
    super(
        "stride.gather",
        device,
        Port.auxiliary("indices", Tensor.class),
        Port.auxiliary("axis", Number.class).optional());
    this.along = new AlongAxis(device, "stride.gather");
  }

  static List<Sample> samples() {
    Tensor few = Tensor.of(2.0, 0.0, 2.0, -1.0);
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(5, 3), 23), few).described("indices that repeat"),
        Sample.of(Domain.ALL.of(Shape.of(2, 5), 23), Tensor.of(Shape.of(2, 2), 4.0, 1, 1, 0), -1)
            .described("indices of two axes"),
        Sample.of(Domain.ALL.of(Shape.of(3, 4), 23), Tensor.scalar(1.0)).described("one slab"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return new Picked(x, IndexTensor.read(x, call));
  }

  private final class Picked implements LinearMap {

    private final Shape x;
    private final IndexTensor indices;

    Picked(Shape x, IndexTensor indices) {
      this.x = x;
      this.indices = indices;
    }

    @Override
    public Tensor forward(Tensor from) {
      return along.apply(indices.picks(), from, indices.axis()).reshape(indices.to());
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      Tensor flat = cotangent.reshape(indices.flat(x));
      return along.apply(indices.picks().transposed(), flat, indices.axis());
    }

    @Override
    public long bytes() {
      return indices.picks().bytes();
    }
  }
}
