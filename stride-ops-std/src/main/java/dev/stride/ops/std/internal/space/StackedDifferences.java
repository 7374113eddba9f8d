package dev.stride.ops.std.internal.space;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.space.AxisSum.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix along each axis of a grid, and the tensors of one field an axis that go with them: made
 * of a field by all of them, or summed up to a field. Immutable.
 *
 * @param grid extents of a field
 * @param matrices one an axis
 */
record StackedDifferences(RowLoops loops, Shape grid, List<AxisMatrix> matrices) {

  StackedDifferences {
    matrices = List.copyOf(matrices);
  }

  /** The same with transposed matrices, each times a factor. */
  StackedDifferences transposed(double factor) {
    return new StackedDifferences(
        loops, grid, matrices.stream().map(m -> m.transposed().times(factor)).toList());
  }

  /** Shape of a stack: {@code [axis, ...grid]}. */
  Shape stack() {
    int[] extents = new int[grid.rank() + 1];
    extents[0] = grid.rank();
    System.arraycopy(grid.toArray(), 0, extents, 1, grid.rank());
    return Shape.of(extents);
  }

  /** {@code y_a = M_a x}. */
  Tensor stacked(Tensor x, Parallel parallel) {
    Object in = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), stack().size());
    for (int axis = 0; axis < grid.rank() && x.size() > 0; axis++) {
      Shape view = view(axis);
      Part part = new Part(1, matrices.get(axis), 0);
      new AxisSum(loops, view, List.of(part)).apply(in, out, axis * grid.size(), parallel);
    }
    return HeapArray.adopt(stack(), out);
  }

  /** The grid with the axes before and behind one merged, so that lines are long. */
  private Shape view(int axis) {
    int outer = Shapes.outer(grid, axis);
    int inner = Shapes.inner(grid, axis);
    return inner == 1
        ? Shape.of(outer, grid.extent(axis))
        : Shape.of(outer, grid.extent(axis), inner);
  }

  /** {@code y = sum_a M_a x_a}. */
  Tensor summed(Tensor x, Parallel parallel) {
    Object out = HeapArray.zeros(x.dataType(), grid.size());
    List<Part> parts = new ArrayList<>();
    for (int axis = 0; axis < grid.rank(); axis++) {
      parts.add(new Part(axis, matrices.get(axis), axis * grid.size()));
    }
    if (grid.size() > 0) {
      new AxisSum(loops, grid, parts).apply(HeapArray.of(x), out, 0, parallel);
    }
    return HeapArray.adopt(grid, out);
  }
}
