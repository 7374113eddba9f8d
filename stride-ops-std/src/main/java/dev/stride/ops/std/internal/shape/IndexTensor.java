package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.operator.Operands;

/** Reads the port {@code indices}: slabs of {@code x} along the axis, picked by whole numbers. */
final class IndexTensor {

  private IndexTensor() {}

  /** The map that picks the slabs, checked. */
  static Take read(Shape x, OperatorCall call) {
    int axis = Indices.axis(call, "x", x);
    Tensor given = call.tensor("indices");
    int extent = x.extent(axis);
    int[] indices = new int[given.size()];
    for (int i = 0; i < indices.length; i++) {
      double index = given.at(i);
      if (index != Math.rint(index) || index < -extent || index >= extent) {
        throw Operands.wrong(
            call,
            "`indices` has "
                + index
                + " at position "
                + i
                + ", but axis "
                + axis
                + " of `x`, which has shape "
                + x
                + ", has extent "
                + extent
                + "; indices are whole numbers from "
                + -extent
                + " to "
                + (extent - 1)
                + ". Correct it, or give float64 indices if float32 rounded it.");
      }
      indices[i] = (int) index + (index < 0 ? extent : 0);
    }
    return new Take(x, shape(x, axis, given.shape()), axis, indices);
  }

  /** The shape with those of the indices in place of the axis. */
  private static Shape shape(Shape x, int axis, Shape indices) {
    int[] extents = new int[x.rank() - 1 + indices.rank()];
    for (int i = 0; i < extents.length; i++) {
      int within = i - axis;
      if (within < 0) {
        extents[i] = x.extent(i);
      } else if (within < indices.rank()) {
        extents[i] = indices.extent(within);
      } else {
        extents[i] = x.extent(i - indices.rank() + 1);
      }
    }
    return Shape.of(extents);
  }
}
