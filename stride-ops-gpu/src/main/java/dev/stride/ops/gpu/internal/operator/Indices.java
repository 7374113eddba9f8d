package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;

/** Reads numbers that must be whole: indices, widths, one axis. */
public final class Indices {

  private Indices() {}

  /** The number as an int; an error that names the port if it is not whole. */
  static int whole(OperatorCall call, String port, Number number) {
    double value = number.doubleValue();
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw Operands.wrong(call, "`" + port + "` has " + number + "; it must be a whole number.");
    }
    return (int) value;
  }

  /** The port {@code axis}, 0 if left out, counted from the first axis. */
  static int axis(OperatorCall call, String port, Shape shape) {
    return axis(call, port, shape, 0);
  }

  /** The port {@code axis}, counted from the first axis. */
  public static int axis(OperatorCall call, String port, Shape shape, int fallback) {
    int axis = call.integer("axis", fallback);
    int counted = axis < 0 ? axis + shape.rank() : axis;
    if (counted < 0 || counted >= shape.rank()) {
      throw Operands.wrong(
          call,
          "`axis` is "
              + axis
              + ", but `"
              + port
              + "` has shape "
              + shape
              + (shape.rank() == 0
                  ? " and no axis. Reshape it to [1] first."
                  : "; it must be from " + -shape.rank() + " to " + (shape.rank() - 1) + "."));
    }
    return counted;
  }
}
