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
    Tensor few = x.unrepeated();
    if (few != x) {
      Broadcast spread = Broadcast.of(few.shape(), x.shape());
      Object array = HeapArray.of(few);
      return new Terms(x.shape(), x.dataType(), () -> new Repeated(spread, array, x.dataType()));
    }
    Object array = HeapArray.of(x);
    return new Terms(x.shape(), x.dataType(), () -> new Elements(array));
  }

  /** The results of a loop over operands that are spread over a shape. */
  static Terms of(Shape shape, Spread spread, Compiled loop, double[] parameters) {
    return new Terms(shape, loop.type(), () -> new Results(shape.size(), spread, loop, parameters));
  }

  /**
   * What the elements of a tensor are more than centres that are repeated to its shape: {@code x -
   * centre}. Squares of them are added without being written anywhere where a run has one centre.
   */
  public static Terms deviations(Tensor x, Tensor centres) {
    Terms differences = Arithmetic.SUBTRACT.kernel().terms(x, centres);
    Broadcast spread = Broadcast.of(centres.shape(), x.shape());
    if (x.size() == 0 || !spread.rowsRepeat() || x.unrepeated() != x) {
      return differences;
    }
    Object elements = HeapArray.of(x);
    Object all = HeapArray.of(centres);
    return new Terms(
        x.shape(), x.dataType(), () -> new Deviations(differences.reader(), elements, all, spread));
  }

  /** The shape that a tensor of all of them would have. */
  public Shape shape() {
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
    Chunks.coverElements(parallel, shape.size(), (from, to) -> reader().copy(from, to, all));
    return HeapArray.adopt(shape, all);
  }

  /** The sum of a run of terms. */
  @FunctionalInterface
  interface Runs {
    double of(int from, int to);
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

    /** Whether what was read before stays available, all in one array. */
    abstract boolean isArray();

    /** Sums of runs, for the thread of this reader. */
    Runs sums(Addition what) {
      Sums sums = new Sums(what);
      return (from, to) -> {
        if (Sums.isShort(to - from)) {
          return Sums.shortRun(what, read(from, to - from), offset(), to - from);
        }
        for (int at = from; at < to; at += Sums.TILE) {
          int count = Math.min(Sums.TILE, to - at);
          sums.add(read(at, count), offset(), count);
        }
        return sums.take();
      };
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
    boolean isArray() {
      return true;
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
  }

  /** Writes out elements that are repeated as they are wanted; one that is alone, once. */
  private static final class Repeated extends Reader {

    private final Broadcast spread;
    private final Object array;
    private final Object tile;
    private final boolean constant;

    Repeated(Broadcast spread, Object array, DataType type) {
      this.spread = spread;
      this.array = array;
      this.constant = spread.isConstant();
      this.tile =
          constant
              ? HeapArray.filled(type, Sums.TILE, HeapArray.get(array, 0))
              : HeapArray.zeros(type, Sums.TILE);
    }

    @Override
    boolean isArray() {
      return false;
    }

    @Override
    Object read(int from, int count) {
      if (!constant) {
        spread.read(array, from, count, tile, 0);
      }
      return tile;
    }

    @Override
    int offset() {
      return 0;
    }
  }

  /** Differences, whose squares are summed in registers along the rows that have one centre. */
  private static final class Deviations extends Reader {

    private final Reader differences;
    private final Object elements;
    private final Object centres;
    private final Broadcast spread;

    Deviations(Reader differences, Object elements, Object centres, Broadcast spread) {
      this.differences = differences;
      this.elements = elements;
      this.centres = centres;
      this.spread = spread;
    }

    @Override
    Runs sums(Addition what) {
      if (what != Addition.SQUARES) {
        return super.sums(what);
      }
      Sums sums = new Sums(Addition.DEVIATIONS);
      return (from, to) -> {
        int centre = spread.position(from);
        if (Sums.isShort(to - from)) {
          return Sums.shortRun(Addition.DEVIATIONS, elements, from, to - from, centres, centre);
        }
        for (int at = from; at < to; at += Sums.TILE) {
          sums.add(elements, at, centres, centre, Math.min(Sums.TILE, to - at));
        }
        return sums.take();
      };
    }

    @Override
    boolean isArray() {
      return false;
    }

    @Override
    Object read(int from, int count) {
      return differences.read(from, count);
    }

    @Override
    int offset() {
      return differences.offset();
    }
  }

  /** Computes short runs several at a time, as they are usually read one after the other. */
  private static final class Results extends Reader {

    private final int size;
    private final Spread spread;
    private final Compiled loop;
    private final double[] parameters;
    private Object tile;
    private int start;
    private int end;
    private int offset;

    Results(int size, Spread spread, Compiled loop, double[] parameters) {
      this.size = size;
      this.spread = spread;
      this.loop = loop;
      this.parameters = parameters;
      this.tile = HeapArray.zeros(loop.type(), 0);
    }

    @Override
    boolean isArray() {
      return false;
    }

    @Override
    Object read(int from, int count) {
      if (from < start || from + count > end) {
        compute(from, count <= Sums.TILE / 4 ? Math.min(Sums.TILE, size - from) : count);
      }
      offset = from - start;
      return tile;
    }

    private void compute(int from, int count) {
      if (java.lang.reflect.Array.getLength(tile) < count) {
        tile = HeapArray.zeros(loop.type(), count);
      }
      spread.cover(loop, parameters, tile, -from, from, from + count);
      start = from;
      end = from + count;
    }

    @Override
    int offset() {
      return offset;
    }
  }
}
