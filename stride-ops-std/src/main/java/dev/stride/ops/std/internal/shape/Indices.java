package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.operator.Operands;

/** Reads numbers that must be whole: indices, widths, axes. */
final class Indices {

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
    int axis = call.integer("axis", 0);
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
