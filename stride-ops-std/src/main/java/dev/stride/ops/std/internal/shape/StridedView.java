package dev.stride.ops.std.internal.shape;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.operator.LinearMap;

/**
 * Elements of a tensor at steps of their own along each axis, no element twice; the transpose puts
 * them back into zeros. Immutable.
 *
 * @param offset position of the first element
 * @param strides distance of neighbours along each axis of {@code to}; may be negative. Not
 *     modified.
 */
@SuppressWarnings("ArrayRecordComponent")
record StridedView(Shape from, Shape to, int offset, int[] strides) implements LinearMap {

  /** Distances of neighbours along each axis of a row-major tensor. */
  static int[] rowMajor(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.extent(axis);
    }
    return strides;
  }

  @Override
  public Tensor forward(Tensor x, Parallel parallel) {
    Object view = HeapArray.zeros(x.dataType(), to.size());
    copy().run(HeapArray.of(x), view, parallel);
    return HeapArray.adopt(to, view);
  }

  @Override
  public Tensor adjoint(Tensor cotangent, Parallel parallel) {
    Object whole = HeapArray.zeros(cotangent.dataType(), from.size());
    copy().reversed().run(HeapArray.of(cotangent), whole, parallel);
    return HeapArray.adopt(from, whole);
  }

  private StridedCopy copy() {
    return StridedCopy.of(to.toArray(), offset, strides, 0, rowMajor(to));
  }
}
