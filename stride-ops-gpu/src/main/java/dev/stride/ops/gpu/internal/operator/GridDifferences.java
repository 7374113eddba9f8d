package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A matrix along each axis of a grid, and the tensors of one field an axis that go with them: made
 * of a field by all of them, or summed up to a field. Immutable.
 *
 * @param grid extents of a field
 * @param matrices one an axis
 */
record GridDifferences(
    ComputeDevice device, String operator, Shape grid, List<SparseMatrix> matrices) {

  GridDifferences {
    matrices = List.copyOf(matrices);
  }

  /** The first derivatives along each axis. */
  static GridDifferences first(
      ComputeDevice device, String operator, Shape grid, double[] spacing, int order, Edge edge) {
    List<SparseMatrix> matrices = new ArrayList<>();
    for (int axis = 0; axis < grid.rank(); axis++) {
      matrices.add(Differences.first(grid.extent(axis), order, edge).times(1 / spacing[axis]));
    }
    return new GridDifferences(device, operator, grid, matrices);
  }

  /** The same with transposed matrices, each times a factor. */
  GridDifferences transposed(double factor) {
    return changed(matrix -> matrix.transposed().times(factor));
  }

  private GridDifferences changed(UnaryOperator<SparseMatrix> change) {
    return new GridDifferences(device, operator, grid, matrices.stream().map(change).toList());
  }

  /** Shape of a stack: {@code [axis, ...grid]}. */
  Shape stack() {
    int[] extents = new int[grid.rank() + 1];
    extents[0] = grid.rank();
    System.arraycopy(grid.toArray(), 0, extents, 1, grid.rank());
    return Shape.of(extents);
  }

  private AlongAxis along() {
    return new AlongAxis(device, operator);
  }

  /** {@code y_a = M_a x}. */
  Tensor stacked(Tensor x) {
    Tensor out = device.allocate(stack(), x.dataType(), operator + " " + stack());
    for (int axis = 0; axis < grid.rank(); axis++) {
      along().set(matrices.get(axis), grid, axis, x, 0, out, axis * grid.size());
    }
    return out;
  }

  /** {@code y = sum_a M_a x_a}. */
  Tensor summed(Tensor x) {
    return sum(x, grid.size());
  }

  /** {@code y = sum_a M_a x}. */
  Tensor summedOfOne(Tensor x) {
    return sum(x, 0);
  }

  private Tensor sum(Tensor x, int apart) {
    Tensor out = device.allocate(grid, x.dataType(), operator + " " + grid);
    along().set(matrices.getFirst(), grid, 0, x, 0, out, 0);
    for (int axis = 1; axis < grid.rank(); axis++) {
      along().add(matrices.get(axis), grid, axis, x, axis * apart, out, 0);
    }
    return out;
  }

  long bytes() {
    return matrices.stream().mapToLong(SparseMatrix::bytes).sum();
  }
}
