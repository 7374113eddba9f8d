package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;
import java.util.List;

/**
 * Axes in another order, or elements in reverse along some, on a device; of ports and meaning as
 * {@code stride.transpose} and {@code stride.flip} of the standard pack. The adjoint puts every
 * element back. Saves shapes and axes. Stateless.
 */
final class Reordering extends LinearOperator {

  private final Views views;
  private final boolean reverses;

  private Reordering(String name, boolean reverses, ComputeDevice device) {
    super(name, device, AxesPorts.axes());
    this.views = new Views(device, name);
    this.reverses = reverses;
  }

  static Reordering transpose(ComputeDevice device) {
    return new Reordering("stride.transpose", false, device);
  }

  static Reordering flip(ComputeDevice device) {
    return new Reordering("stride.flip", true, device);
  }

  static List<Sample> transposeSamples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23)),
        Sample.of(Domain.ALL.of(Shape.of(2, 1, 3, 5), 23), 0, 2, -1, 1).described("four axes"),
        Sample.of(Domain.ALL.of(Shape.SCALAR, 23)).described("a scalar has no axes"));
  }

  static List<Sample> flipSamples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23), 0),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 1, 2), 23)).described("all axes"),
        Sample.of(Domain.ALL.of(Shape.of(31), 23), -1).described("a vector"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int[] axes = AxesPorts.listed(call, x);
    return reverses ? flipped(x, axes) : transposed(x, axes, call);
  }

  private LinearMap flipped(Shape x, int[] given) {
    int[] strides = Views.rowMajor(x);
    int offset = 0;
    for (int axis : given.length == 0 ? AxesPorts.every(x) : given) {
      offset += Math.max(0, x.extent(axis) - 1) * strides[axis];
      strides[axis] = -strides[axis];
    }
    return new Moved(new View(x, offset, strides), new View(x, offset, strides));
  }

  private LinearMap transposed(Shape x, int[] given, OperatorCall call) {
    int[] axes = given;
    if (axes.length == 0) {
      axes = AxesPorts.every(x);
      for (int axis = 0; axis < axes.length; axis++) {
        axes[axis] = axes.length - 1 - axis;
      }
    }
    if (axes.length != x.rank()) {
      throw Operands.wrong(
          call,
          "`axes` has "
              + axes.length
              + " numbers, but `x` has shape "
              + x
              + ". Give each of its "
              + x.rank()
              + " axes once, or none to reverse them.");
    }
    int[] extents = new int[axes.length];
    for (int axis = 0; axis < axes.length; axis++) {
      extents[axis] = x.extent(axes[axis]);
    }
    Shape y = Shape.of(extents);
    int[] there = new int[axes.length];
    int[] back = new int[axes.length];
    for (int axis = 0; axis < axes.length; axis++) {
      there[axis] = Views.rowMajor(x)[axes[axis]];
      back[axes[axis]] = Views.rowMajor(y)[axis];
    }
    return new Moved(new View(y, 0, there), new View(x, 0, back));
  }

  /** Where the elements of a result are taken from. */
  @SuppressWarnings("ArrayRecordComponent") // Never changed.
  private record View(Shape to, int offset, int[] strides) {}

  private final class Moved implements LinearMap {

    private final View there;
    private final View back;

    Moved(View there, View back) {
      this.there = there;
      this.back = back;
    }

    @Override
    public Tensor forward(Tensor x) {
      return views.copy(x, there.to(), there.offset(), there.strides());
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return views.copy(cotangent, back.to(), back.offset(), back.strides());
    }
  }
}
