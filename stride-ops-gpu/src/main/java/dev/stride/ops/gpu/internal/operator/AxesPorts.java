package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.ops.gpu.internal.kernel.Axes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The auxiliary ports of a reduction: {@code axes}, counted from 0 or, negative, from the end, all
 * if none is given; and {@code keepdims}, whether an axis that is removed stays with extent 1,
 * false if left out.
 */
final class AxesPorts {

  private AxesPorts() {}

  static Port axes() {
    return Port.auxiliary("axes", Number.class).variadic();
  }

  static Port keepdims() {
    return Port.auxiliary("keepdims", Boolean.class).optional();
  }

  /** What a call asks for; an error if an axis is not one of the shape. */
  static Axes of(OperatorCall call, Shape x) {
    boolean keep = call.has("keepdims") && call.value("keepdims", Boolean.class);
    int[] given = listed(call, x);
    boolean[] removed = new boolean[x.rank()];
    for (int axis : given.length == 0 ? every(x) : given) {
      removed[axis] = true;
    }
    return Axes.of(x, removed, keep);
  }

  /** The port {@code axis}, the last one if left out, as the one axis that is removed and kept. */
  static Axes one(OperatorCall call, Shape x) {
    boolean[] removed = new boolean[x.rank()];
    removed[Indices.axis(call, "x", x, -1)] = true;
    return Axes.of(x, removed, true);
  }

  /** The axes given, counted from the first; an error if one is not of the shape, or twice. */
  static int[] listed(OperatorCall call, Shape x) {
    List<Number> given = call.has("axes") ? call.values("axes", Number.class) : List.of();
    int[] axes = given.stream().mapToInt(number -> axis(call, x, number)).toArray();
    if (Arrays.stream(axes).distinct().count() < axes.length) {
      throw Operands.wrong(
          call, "`axes` is " + given + " and names one axis twice. Name each once.");
    }
    return axes;
  }

  /** All axes of a shape. */
  static int[] every(Shape x) {
    return IntStream.range(0, x.rank()).toArray();
  }

  private static int axis(OperatorCall call, Shape x, Number number) {
    double axis = number.doubleValue();
    double counted = axis < 0 ? axis + x.rank() : axis;
    if (axis != Math.rint(axis) || !(counted >= 0 && counted < x.rank())) {
      throw Operands.wrong(
          call,
          "`axes` has "
              + number
              + ", but `x` has shape "
              + x
              + (x.rank() == 0
                  ? " and no axis. Leave `axes` out."
                  : "; it must be a whole number from "
                      + -x.rank()
                      + " to "
                      + (x.rank() - 1)
                      + "."));
    }
    return (int) counted;
  }
}
