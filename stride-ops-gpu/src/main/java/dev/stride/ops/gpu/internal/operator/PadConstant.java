package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;
import dev.stride.ops.gpu.internal.operator.Widths.Side;
import java.util.List;

/**
 * A tensor with a margin of one value around it, on a device; of ports and meaning as {@code
 * stride.pad-constant} of the standard pack. The adjoint is the part of the cotangent inside. Saves
 * shapes and widths. Stateless.
 */
final class PadConstant implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.pad-constant")
          .input("x")
          .auxiliary("value", Number.class)
          .input(Widths.PORT)
          .output("y")
          .adjointNeeds()
          .build();

  private final ComputeDevice device;
  private final Views views;

  PadConstant(ComputeDevice device) {
    this.device = device;
    this.views = new Views(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 5), 23), 1.5, 3),
        Sample.of(Domain.ALL.of(Shape.of(3, 4), 23), -7, 2, 0, 1, 3)
            .described("two widths per axis"),
        Sample.of(Domain.ALL.of(Shape.SCALAR, 23), 1, 2).described("a scalar has no sides"));
  }

  /** Where x is inside of the padded tensor. */
  private record Inside(Shape x, Shape whole, int offset) implements Saved {

    static Inside of(Shape x, OperatorCall call) {
      List<Side> sides = Widths.read(x, call);
      Shape whole = Widths.padded(x, sides);
      int[] strides = Views.rowMajor(whole);
      int offset = 0;
      for (int axis = 0; axis < strides.length; axis++) {
        offset += sides.get(axis).before() * strides[axis];
      }
      return new Inside(x, whole, offset);
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Inside inside = Inside.of(x.shape(), call);
    return Outputs.of(padded(x, inside, call.number("value"))).saving(inside);
  }

  private Tensor padded(Tensor x, Inside inside, double value) {
    Tensor whole = device.filled(inside.whole(), x.dataType(), value);
    views.put(x, whole, inside.offset(), Views.rowMajor(inside.whole()));
    return whole;
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Inside inside = call.saved(Inside.class);
    Tensor cotangent = Operands.on(device, call.cotangent());
    return Gradients.of(
        views.copy(cotangent, inside.x(), inside.offset(), Views.rowMajor(inside.whole())));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor direction = Operands.on(device, call.direction("x"));
    return Outputs.of(padded(direction, Inside.of(direction.shape(), call), 0));
  }
}
