package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.List;

/**
 * The same elements under another shape, on a device; of ports and meaning as {@code
 * stride.reshape} of the standard pack. Nothing is copied. Saves shapes. Stateless.
 */
final class Reshape extends LinearOperator {

  Reshape(ComputeDevice device) {
    super("stride.reshape", device, Port.auxiliary("shape", Object.class));
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 6), 23), Shape.of(2, 3, 4)),
        Sample.of(Domain.ALL.of(Shape.of(1), 23), Shape.SCALAR),
        Sample.of(Domain.ALL.of(Shape.of(3, 4, 5), 23), List.of(5, -1))
            .described("one extent left"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Shape shape = shape(x, call);
    if (shape.size() != x.size()) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " and "
              + x.size()
              + " elements, but `shape` is "
              + shape
              + " and has "
              + shape.size()
              + ". Give a shape of as many elements.");
    }
    return new Reshaped(x, shape);
  }

  private static Shape shape(Shape x, OperatorCall call) {
    List<Object> given = call.values("shape", Object.class);
    if (given.size() == 1 && given.getFirst() instanceof Shape shape) {
      return shape;
    }
    int[] extents = given.stream().mapToInt(extent -> extent(call, extent)).toArray();
    long known = 1;
    int open = -1;
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] >= 0) {
        known *= extents[axis];
      } else if (open >= 0) {
        throw Operands.wrong(call, "`shape` is " + given + "; only one extent can be left open.");
      } else {
        open = axis;
      }
    }
    if (open >= 0) {
      extents[open] = left(x, known, given, call);
    }
    return Shape.of(extents);
  }

  private static int extent(OperatorCall call, Object given) {
    if (given instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= -1) {
      return number.intValue();
    }
    throw Operands.wrong(
        call,
        "`shape` has "
            + given
            + "; give a Shape, or a list of whole numbers from 0, or -1 for what is"
            + " left.");
  }

  private static int left(Shape x, long known, List<Object> given, OperatorCall call) {
    if (known == 0 || x.size() % known != 0) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " and "
              + x.size()
              + " elements, which `shape` = "
              + given
              + " cannot hold with any extent for -1. Give extents whose product divides "
              + x.size()
              + ".");
    }
    return (int) (x.size() / known);
  }

  private record Reshaped(Shape from, Shape to) implements LinearMap {
    @Override
    public Tensor forward(Tensor x) {
      return x.reshape(to);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return cotangent.reshape(from);
    }
  }
}
