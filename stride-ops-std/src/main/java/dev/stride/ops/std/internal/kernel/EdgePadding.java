package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * Repeats what stands at both ends of an axis, and the transpose of that.
 *
 * <p>A tensor is a stack of blocks; a block is a line of slabs along the axis. The transpose sums
 * in float64.
 */
public final class EdgePadding {

  private EdgePadding() {}

  /** The tensor with {@code before} copies of the first slab and {@code after} of the last. */
  public static Tensor pad(Tensor x, int axis, int before, int after) {
    if (before == 0 && after == 0) {
      return x;
    }
    int extent = x.shape().extent(axis);
    Shape shape = Shapes.with(x.shape(), axis, before + extent + after);
    int slab = Shapes.inner(x.shape(), axis);
    Object in = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), shape.size());
    int to = 0;
    for (int from = 0; from < x.size(); from += extent * slab) {
      for (int i = 0; i < before; i++, to += slab) {
        System.arraycopy(in, from, out, to, slab);
      }
      System.arraycopy(in, from, out, to, extent * slab);
      to += extent * slab;
      for (int i = 0; i < after; i++, to += slab) {
        System.arraycopy(in, from + (extent - 1) * slab, out, to, slab);
      }
    }
    return HeapArray.adopt(shape, out);
  }

  /** The transpose of {@link #pad}: adds the copies to the slabs that they were made of. */
  public static Tensor fold(Tensor x, int axis, int before, int after) {
    if (before == 0 && after == 0) {
      return x;
    }
    int padded = x.shape().extent(axis);
    int extent = padded - before - after;
    Shape shape = Shapes.with(x.shape(), axis, extent);
    int slab = Shapes.inner(x.shape(), axis);
    double[] in = x.toDoubleArray();
    double[] out = new double[shape.size()];
    for (int from = 0, to = 0; to < out.length; from += padded * slab, to += extent * slab) {
      for (int i = 0; i < padded; i++) {
        int source = Math.clamp(i - before, 0, extent - 1);
        addTo(out, to + source * slab, in, from + i * slab, slab);
      }
    }
    return Tensor.adopt(shape, out).cast(x.dataType());
  }

  private static void addTo(double[] out, int to, double[] in, int from, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] += in[from + i];
    }
  }
}
