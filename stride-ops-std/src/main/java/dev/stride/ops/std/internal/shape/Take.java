package dev.stride.ops.std.internal.shape;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.LinearMap;
import org.jspecify.annotations.Nullable;

/**
 * Slabs of a tensor along one axis, picked by their indices, which may repeat; the transpose adds
 * them up where they came from.
 *
 * <p>The transpose adds in float64, compensated, in the order of the indices: two float64 numbers
 * of workspace for each element of a block of slabs. Immutable.
 *
 * @param axis of {@code from}, along which slabs are picked
 * @param indices of slabs of {@code from}. Not modified.
 */
@SuppressWarnings("ArrayRecordComponent")
record Take(Shape from, Shape to, int axis, int[] indices) implements LinearMap {

  /** Slabs that stand behind one another along the axis that they came from. */
  static Take along(Shape from, int axis, int[] indices) {
    return new Take(from, Shapes.with(from, axis, indices.length), axis, indices);
  }

  @Override
  public Tensor forward(Tensor x, Parallel parallel) {
    Object in = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), to.size());
    int slab = Shapes.inner(from, axis);
    int rows = Shapes.outer(from, axis) * indices.length;
    Chunks.cover(
        parallel,
        rows,
        Math.max(1, Chunks.ELEMENTS / Math.max(1, slab)),
        (first, last) -> {
          if (slab == 1) {
            pickElements(in, out, first, last);
          } else {
            pickSlabs(in, out, slab, first, last);
          }
        });
    return HeapArray.adopt(to, out);
  }

  private void pickSlabs(Object in, Object out, int slab, int first, int last) {
    for (int row = first; row < last; row++) {
      System.arraycopy(in, source(row) * slab, out, row * slab, slab);
    }
  }

  private void pickElements(Object in, Object out, int first, int last) {
    if (indices.length == 0) {
      return;
    }
    int k = first % indices.length;
    int block = first / indices.length * from.extent(axis);
    for (int row = first; row < last; block += from.extent(axis)) {
      int count = Math.min(indices.length - k, last - row);
      if (in instanceof float[] floats) {
        pick(floats, block, k, (float[]) out, row, count);
      } else {
        pick((double[]) in, block, k, (double[]) out, row, count);
      }
      row += count;
      k = 0;
    }
  }

  private void pick(float[] in, int block, int k, float[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out[at + i] = in[block + indices[k + i]];
    }
  }

  private void pick(double[] in, int block, int k, double[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out[at + i] = in[block + indices[k + i]];
    }
  }

  /** The slab of {@code from}, of all blocks, that a slab of {@code to} is a copy of. */
  private int source(int row) {
    return row / indices.length * from.extent(axis) + indices[row % indices.length];
  }

  @Override
  public Tensor adjoint(Tensor cotangent, Parallel parallel) {
    return addTo(null, cotangent, parallel);
  }

  /** {@code start}, zeros if it is null, with the transpose of this map of {@code terms} added. */
  Tensor addTo(@Nullable Tensor start, Tensor terms, Parallel parallel) {
    Object in = HeapArray.of(terms);
    Object base = start == null ? null : HeapArray.of(start);
    Object out = HeapArray.zeros(terms.dataType(), from.size());
    int slab = Shapes.inner(from, axis);
    int block = from.extent(axis) * slab;
    Chunks.cover(
        parallel,
        Shapes.outer(from, axis),
        Math.max(1, Chunks.ELEMENTS / Math.max(1, block)),
        (first, last) -> {
          SlabSums sums = new SlabSums(block);
          for (int o = first; o < last; o++) {
            sums.start(base, o * block);
            for (int k = 0; k < indices.length; k++) {
              sums.add(indices[k] * slab, in, (o * indices.length + k) * slab, slab);
            }
            sums.store(out, o * block);
          }
        });
    return HeapArray.adopt(from, out);
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * indices.length;
  }
}
