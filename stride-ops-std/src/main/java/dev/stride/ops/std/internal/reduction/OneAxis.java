package dev.stride.ops.std.internal.reduction;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.operator.Operands;

/** The port {@code axis}: counted from 0 or, negative, from the end; the last one if left out. */
final class OneAxis {

  private OneAxis() {}

  static Axes of(OperatorCall call, Shape x) {
    int axis = call.integer("axis", -1);
    int counted = axis < 0 ? axis + x.rank() : axis;
    if (counted < 0 || counted >= x.rank()) {
      throw Operands.wrong(
          call,
          "`axis` is "
              + axis
              + ", but `x` has shape "
              + x
              + (x.rank() == 0
                  ? " and no axis. Reshape it to [1] first."
                  : "; it must be from " + -x.rank() + " to " + (x.rank() - 1) + "."));
    }
    boolean[] removed = new boolean[x.rank()];
    removed[counted] = true;
    return Axes.of(x, removed, true);
  }
}
