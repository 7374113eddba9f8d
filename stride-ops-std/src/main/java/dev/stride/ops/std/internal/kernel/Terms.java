package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.function.Supplier;

/**
 * What a reduction reads: the elements of a tensor, or the results of a {@link Kernel}, which are
 * computed a tile at a time when they are wanted, so that there is no room for all of them.
 *
 * <p>Immutable; readers are not safe for concurrent use.
 */
public final class Terms {

  private final Shape shape;
  private final DataType type;
  private final Supplier<Reader> readers;

  private Terms(Shape shape, DataType type, Supplier<Reader> readers) {
    this.shape = shape;
    this.type = type;
    this.readers = readers;
  }

  /** The elements of a tensor. */
  public static Terms of(Tensor x) {
    Object array = HeapArray.of(x);
    return new Terms(x.shape(), x.dataType(), () -> new Elements(array));
  }

  /** The results of a loop over operands that are spread over a shape. */
  static Terms of(Shape shape, Spread spread, Compiled loop, double[] parameters) {
    return new Terms(shape, loop.type(), () -> new Results(spread, loop, parameters));
  }

  Shape shape() {
    return shape;
  }

  DataType type() {
    return type;
  }

  /** A reader for one thread, for the work of one chunk. */
  Reader reader() {
    return readers.get();
  }

  /** A reader of an array. */
  static Reader reader(Object array) {
    return new Elements(array);
  }

  /** All of them. */
  Tensor tensor(Parallel parallel) {
    Object all = HeapArray.zeros(type, shape.size());
    Chunks.cover(parallel, shape.size(), (from, to) -> reader().copy(from, to, all));
    return HeapArray.adopt(shape, all);
  }

  /** Reads runs of terms. */
  abstract static class Reader {

    /**
     * Makes some terms available until the next call.
     *
     * @param count at most {@link Sums#TILE}
     * @return an array that holds them, not to be modified
     */
    abstract Object read(int from, int count);

    /** Where in the array of the last {@link #read} they are. */
    abstract int offset();

    /** The sum of a run, bit by bit {@code Sums.sum}. */
    double sum(int from, int to) {
      Sums.Running sum = new Sums.Running(to - from);
      for (int at = from; at < to; at += Sums.TILE) {
        int count = Math.min(Sums.TILE, to - at);
        sum.add(read(at, count), offset(), count);
      }
      return sum.value();
    }

    private void copy(int from, int to, Object all) {
      for (int at = from; at < to; at += Sums.TILE) {
        int count = Math.min(Sums.TILE, to - at);
        System.arraycopy(read(at, count), offset(), all, at, count);
      }
    }
  }

  private static final class Elements extends Reader {

    private final Object array;
    private int offset;

    Elements(Object array) {
      this.array = array;
    }

    @Override
    Object read(int from, int count) {
      offset = from;
      return array;
    }

    @Override
    int offset() {
      return offset;
    }

    @Override
    double sum(int from, int to) {
      return array instanceof float[] floats
          ? Sums.sum(floats, from, to)
          : Sums.sum((double[]) array, from, to);
    }
  }

  private static final class Results extends Reader {

    private final Spread spread;
    private final Compiled loop;
    private final double[] parameters;
    private Object tile;

    Results(Spread spread, Compiled loop, double[] parameters) {
      this.spread = spread;
      this.loop = loop;
      this.parameters = parameters;
      this.tile = HeapArray.zeros(loop.type(), 0);
    }

    @Override
    Object read(int from, int count) {
      if (java.lang.reflect.Array.getLength(tile) < count) {
        tile = HeapArray.zeros(loop.type(), count);
      }
      spread.cover(loop, parameters, tile, -from, from, from + count);
      return tile;
    }

    @Override
    int offset() {
      return 0;
    }
  }
}
