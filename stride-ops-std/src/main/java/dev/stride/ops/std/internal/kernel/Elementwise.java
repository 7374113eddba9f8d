package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * Applies loops to whole tensors, in chunks over the engine's pool.
 *
 * <p>Operands of the result's shape are read where they are. Where one is repeated, both are
 * brought to small tiles first, so that one loop a function and type serves every case.
 */
public final class Elementwise {

  /** Elements of a tile: three of them fit the first-level cache in float64. */
  private static final int TILE = 1 << 10;

  private Elementwise() {}

  /** The function of every element. */
  public static Tensor map(UnaryLoop loop, Tensor x, Parallel parallel) {
    Object out = HeapArray.zeros(x.dataType(), x.size());
    if (out instanceof float[] floats) {
      float[] in = HeapArray.floats(x);
      Chunks.cover(parallel, x.size(), (from, to) -> loop.floats(in, floats, from, to));
    } else {
      double[] doubles = (double[]) out;
      double[] in = HeapArray.doubles(x);
      Chunks.cover(parallel, x.size(), (from, to) -> loop.doubles(in, doubles, from, to));
    }
    return HeapArray.adopt(x.shape(), out);
  }

  /**
   * The function of each pair of elements, broadcast to a common shape.
   *
   * @param a of the type of {@code b}
   * @param b of a shape that fits that of {@code a}, see {@link Shapes#broadcast}
   */
  public static Tensor zip(BinaryLoop loop, Tensor a, Tensor b, Parallel parallel) {
    Shape shape = a.shape().equals(b.shape()) ? a.shape() : Shapes.broadcast(a.shape(), b.shape());
    Object out = HeapArray.zeros(a.dataType(), shape.size());
    Broadcast spreadA = Broadcast.of(a.shape(), shape);
    Broadcast spreadB = Broadcast.of(b.shape(), shape);
    Object arrayA = HeapArray.of(a);
    Object arrayB = HeapArray.of(b);
    if (spreadA.isIdentity() && spreadB.isIdentity()) {
      Chunks.cover(
          parallel, shape.size(), (from, to) -> apply(loop, arrayA, arrayB, out, from, to));
    } else {
      Chunks.cover(
          parallel,
          shape.size(),
          (from, to) ->
              new Tiles(loop, a.dataType(), to - from)
                  .cover(spreadA, arrayA, spreadB, arrayB, out, from, to));
    }
    return HeapArray.adopt(shape, out);
  }

  private static void apply(BinaryLoop loop, Object a, Object b, Object out, int from, int to) {
    if (out instanceof float[] floats) {
      loop.floats((float[]) a, (float[]) b, floats, from, to);
    } else {
      loop.doubles((double[]) a, (double[]) b, (double[]) out, from, to);
    }
  }

  /** Three tiles of one chunk: two operands and the result. */
  private record Tiles(BinaryLoop loop, Object a, Object b, Object out) {

    Tiles(BinaryLoop loop, DataType type, int most) {
      this(loop, tile(type, most), tile(type, most), tile(type, most));
    }

    private static Object tile(DataType type, int most) {
      return HeapArray.zeros(type, Math.min(TILE, most));
    }

    void cover(
        Broadcast spreadA,
        Object arrayA,
        Broadcast spreadB,
        Object arrayB,
        Object result,
        int from,
        int to) {
      for (int start = from; start < to; start += TILE) {
        int count = Math.min(TILE, to - start);
        read(spreadA, arrayA, start, count, a, start == from);
        read(spreadB, arrayB, start, count, b, start == from);
        apply(loop, a, b, out, 0, count);
        System.arraycopy(out, 0, result, start, count);
      }
    }

    private static void read(
        Broadcast spread, Object array, int start, int count, Object tile, boolean first) {
      if (first || !spread.isConstant()) {
        spread.read(array, start, count, tile, 0);
      }
    }
  }
}
