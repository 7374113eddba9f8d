package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;

/**
 * The port {@code indices}: slabs of {@code x} along the axis, picked by whole numbers, which are
 * read from the device to be checked.
 *
 * @param axis that slabs are picked along
 * @param picks one slab a row
 * @param to shape of the picked slabs: that of the indices in place of the axis
 */
record IndexTensor(int axis, SparseMatrix picks, Shape to) {

  /** What a call picks, checked. */
  static IndexTensor read(Shape x, OperatorCall call) {
    int axis = Indices.axis(call, "x", x);
    Tensor given = call.tensor("indices").toHeap();
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
    return new IndexTensor(
        axis, SparseMatrix.picking(extent, indices), shape(x, axis, given.shape()));
  }

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

  /** The shape of the picked slabs with the axes of the indices as one. */
  Shape flat(Shape x) {
    int[] extents = x.toArray();
    extents[axis] = picks.rows();
    return Shape.of(extents);
  }
}
