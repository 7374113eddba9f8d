package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A tensor cut into equal parts along an axis, on a device; of ports and meaning as {@code
 * stride.split} of the standard pack. The adjoint puts the cotangents of the parts side by side.
 * Saves shapes. Stateless.
 */
final class Split implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.split")
          .input("x")
          .auxiliary("count", Number.class)
          .input(Port.auxiliary("axis", Number.class).optional())
          .output(Port.of("parts").variadic())
          .linearIn("x")
          .adjointNeeds()
          .build();

  private final ComputeDevice device;
  private final Views views;

  Split(ComputeDevice device) {
    this.device = device;
    this.views = new Views(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(6, 2), 23), 3),
        Sample.of(Domain.ALL.of(Shape.of(2, 4, 3), 23), 2, 1).described("middle axis"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public int outputCount(Arguments arguments) {
    Object count =
        arguments.positional().size() > 1
            ? arguments.positional().get(1)
            : arguments.named().get("count");
    if (!(count instanceof Number number) || number.doubleValue() < 1) {
      throw new IllegalArgumentException(
          "stride.split: `count` is " + count + "; it must be a whole number, at least 1.");
    }
    return number.intValue();
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Joint joint = joint(x.shape(), call);
    return Outputs.of(parts(x, joint)).saving(joint);
  }

  private static Joint joint(Shape x, OperatorCall call) {
    int axis = Indices.axis(call, "x", x);
    int count = call.integer("count");
    if (count < 1 || x.extent(axis) % count != 0) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " and axis "
              + axis
              + " cannot be cut into `count` = "
              + count
              + " equal parts. Choose a divisor of "
              + x.extent(axis)
              + ", or use stride.slice.");
    }
    return new Joint(x, axis, Collections.nCopies(count, x.extent(axis) / count));
  }

  private List<Tensor> parts(Tensor x, Joint joint) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < joint.extents().size(); i++) {
      parts.add(joint.part(x, i, views));
    }
    return parts;
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    List<Tensor> cotangents =
        call.cotangents("parts", Tensor.class).stream()
            .map(cotangent -> Operands.on(device, cotangent))
            .toList();
    Joint joint = call.saved(Joint.class);
    return Gradients.of(joint.join(cotangents, views, device, SIGNATURE.name()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor direction = Operands.on(device, call.direction("x"));
    return Outputs.of(parts(direction, joint(call.tensor("x").shape(), call)));
  }
}
