package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import java.util.List;

/**
 * A tensor with slabs added to it along an axis, at indices that may repeat, on a device; of ports
 * and meaning as {@code stride.scatter-add} of the standard pack. Every element is summed by one
 * work item in the order of the indices, without atomics. Waits for the indices, which are checked.
 * Saves shapes and the indices. Stateless.
 */
final class ScatterAdd implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.scatter-add")
          .input("x")
          .auxiliary("indices", Tensor.class)
          .input("updates")
          .input(Port.auxiliary("axis", Number.class).optional())
          .output("y")
          .linearIn("x", "updates")
          .adjointNeeds()
          .build();

  private final ComputeDevice device;
  private final AlongAxis along;

  ScatterAdd(ComputeDevice device) {
    this.device = device;
    this.along = new AlongAxis(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    Tensor few = Tensor.of(2.0, 0.0, 2.0, -1.0);
    return List.of(
        Sample.of(normal(5, 3), few, normal(4, 3)).described("indices that repeat"),
        Sample.of(normal(2, 5), Tensor.of(Shape.of(2, 2), 4.0, 1, 1, 0), normal(2, 2, 2), -1)
            .described("indices of two axes"));
  }

  private static Tensor normal(int... extents) {
    return Domain.ALL.of(Shape.of(extents), 23);
  }

  private record Picked(IndexTensor indices) implements Saved {
    @Override
    public long bytes() {
      return indices.picks().bytes();
    }
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<String> ports = List.of("x", "updates");
    List<Tensor> tensors = Operands.on(device, call, ports);
    Operands.sameType(call, ports, tensors);
    Tensor x = tensors.getFirst();
    Tensor updates = tensors.getLast();
    IndexTensor indices = IndexTensor.read(x.shape(), call);
    if (!updates.shape().equals(indices.to())) {
      throw Operands.wrong(
          call,
          Operands.shapes("x", x, "updates", updates)
              + "; with these indices it must be "
              + indices.to()
              + ". Reshape or broadcast it.");
    }
    return Outputs.of(added(indices, x, updates)).saving(new Picked(indices));
  }

  private Tensor added(IndexTensor indices, Tensor x, Tensor updates) {
    Tensor sum = device.copy(x);
    Shape flat = indices.flat(x.shape());
    along.add(indices.picks().transposed(), flat, indices.axis(), updates, 0, sum, 0);
    return sum;
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor cotangent = Operands.on(device, call.cotangent());
    return Gradients.of(
        call.needsGrad("x") ? cotangent : null,
        call.needsGrad("updates") ? picked(call.saved(Picked.class).indices(), cotangent) : null);
  }

  private Tensor picked(IndexTensor indices, Tensor cotangent) {
    return along.apply(indices.picks(), cotangent, indices.axis()).reshape(indices.to());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    IndexTensor indices = IndexTensor.read(call.tensor("x").shape(), call);
    return Outputs.of(
        added(
            indices,
            Operands.on(device, call.direction("x")),
            Operands.on(device, call.direction("updates"))));
  }
}
