package dev.stride.ops.std.internal.fft;

import static dev.stride.ops.std.internal.kernel.Elementwise.zip;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;

/**
 * Fourier transforms over the last axes of tensors, of any extents.
 *
 * <p>Keeps the tables of lengths that were used last, bounded. Needs workspace of a few panels that
 * fit the cache for each thread, for long lines as much as one line. Results do not depend on
 * threads. The relative error (root mean square) is about half the unit roundoff times the root of
 * the logarithm of the length. Thread-safe.
 */
public final class Fourier {

  private static final int CHUNK = 1 << 14;

  private final Plans plans = new Plans();

  /** Transforms with a cache of their own. */
  public Fourier() {}

  /** Complex numbers: two tensors of one shape and type. */
  public record Pair(Tensor real, Tensor imaginary) {

    /** Their shape. */
    public Shape shape() {
      return real.shape();
    }

    /**
     * The products of numbers, broadcast to a common shape.
     *
     * @param conjugated whether those of {@code other} are conjugated first
     */
    public Pair times(Pair other, boolean conjugated, Parallel parallel) {
      Tensor straight = zip(Arithmetic.MULTIPLY, real, other.real, parallel);
      Tensor opposite = zip(Arithmetic.MULTIPLY, imaginary, other.imaginary, parallel);
      Tensor first = zip(Arithmetic.MULTIPLY, imaginary, other.real, parallel);
      Tensor second = zip(Arithmetic.MULTIPLY, real, other.imaginary, parallel);
      return conjugated
          ? new Pair(
              zip(Arithmetic.ADD, straight, opposite, parallel),
              zip(Arithmetic.SUBTRACT, first, second, parallel))
          : new Pair(
              zip(Arithmetic.SUBTRACT, straight, opposite, parallel),
              zip(Arithmetic.ADD, first, second, parallel));
    }

    private DataType type() {
      return real.dataType();
    }

    private Rows rows() {
      return new Rows(HeapArray.of(real), HeapArray.of(imaginary), 0, shape().extent(-1));
    }
  }

  /** The least length not below one that transforms fast. */
  public static int fastLength(int length) {
    return Radices.nextFast(length);
  }

  /**
   * {@code y[k] = scale sum_j exp(-+2 pi i j k / n) x[j]} over each of the last axes.
   *
   * @param axes how many, at least 1 and at most the rank
   * @param inverse whether the sign in the exponent is positive
   */
  public Pair complex(Pair x, int axes, boolean inverse, double scale, Parallel parallel) {
    Shape shape = x.shape();
    if (shape.size() == 0) {
      return x;
    }
    Rows y = Rows.zeros(x.type(), shape.size() / shape.extent(-1), shape.extent(-1));
    Rows in = inverse ? x.rows().swapped() : x.rows();
    Rows out = inverse ? y.swapped() : y;
    lines(in, out, shape, x.type(), scale, parallel);
    for (int axis = shape.rank() - 2; axis >= shape.rank() - axes; axis--) {
      columns(out, out, shape, axis, x.type(), parallel);
    }
    return pair(shape, y);
  }

  private static Pair pair(Shape shape, Rows rows) {
    return new Pair(HeapArray.adopt(shape, rows.re()), HeapArray.adopt(shape, rows.im()));
  }

  private void lines(Rows x, Rows y, Shape shape, DataType type, double scale, Parallel parallel) {
    int length = shape.extent(-1);
    plans.lines(type, length).run(x, y, shape.size() / length, scale, parallel);
  }

  /** Transforms along an axis that is not the last one; may work in place. */
  private void columns(Rows x, Rows y, Shape shape, int axis, DataType type, Parallel parallel) {
    Passes passes = plans.passes(type);
    Columns columns = plans.columns(type, shape.extent(axis));
    int inner = Shapes.inner(shape, axis);
    int width = columns.width(passes);
    int panels = (inner + width - 1) / width;
    int together = Math.max(1, CHUNK / width / columns.length());
    Chunks.cover(
        parallel,
        Shapes.outer(shape, axis) * panels,
        together,
        (from, to) -> {
          Panels work = new Panels(columns, passes);
          for (int panel = from; panel < to; panel++) {
            int column = panel % panels * width;
            int at = panel / panels * columns.length() * inner + column;
            work.run(
                x.from(at).every(inner), y.from(at).every(inner), Math.min(width, inner - column));
          }
        });
  }

  /**
   * Half spectra {@code y[k] = f sum_j exp(-2 pi i j k / n) x[j]} of real numbers: {@code n / 2 +
   * 1} of them along the last axis, all along the others.
   *
   * @param axes how many of the last axes
   * @param ends {@code f} of what is its own conjugate along the last axis: the first number, and
   *     the last of an even extent
   * @param middle {@code f} of the others
   * @param inverse whether the sign in the exponent of the other axes is positive
   */
  public Pair half(
      Tensor x, int axes, double ends, double middle, boolean inverse, Parallel parallel) {
    int length = x.shape().extent(-1);
    Shape shape = Shapes.with(x.shape(), x.shape().rank() - 1, length / 2 + 1);
    RealLines real = plans.realLines(x.dataType(), length);
    int count = x.size() / length;
    Rows y = Rows.zeros(x.dataType(), count, real.bins());
    if (count > 0) {
      real.forward(HeapArray.of(x), y, count, ends, middle, parallel);
      Rows out = inverse ? y.swapped() : y;
      for (int axis = shape.rank() - 2; axis >= shape.rank() - axes; axis--) {
        columns(out, out, shape, axis, x.dataType(), parallel);
      }
    }
    return pair(shape, y);
  }

  /**
   * Real numbers from half spectra: the transpose of {@link #half} with half its factors in the
   * middle, and with {@code 1 / n} for all factors its inverse.
   *
   * @param length of the last axis of the result
   * @param inverse whether the sign in the exponent of the other axes is positive
   */
  public Tensor whole(
      Pair x,
      int length,
      int axes,
      double ends,
      double middle,
      boolean inverse,
      Parallel parallel) {
    Shape shape = Shapes.with(x.shape(), x.shape().rank() - 1, length);
    int count = shape.size() / length;
    Object y = HeapArray.zeros(x.type(), shape.size());
    if (count > 0) {
      Rows in = x.rows();
      if (axes > 1) {
        Rows made = Rows.zeros(x.type(), count, x.shape().extent(-1));
        Rows from = inverse ? in.swapped() : in;
        Rows to = inverse ? made.swapped() : made;
        for (int axis = shape.rank() - axes; axis < shape.rank() - 1; axis++) {
          columns(axis == shape.rank() - axes ? from : to, to, x.shape(), axis, x.type(), parallel);
        }
        in = made;
      }
      plans.realLines(x.type(), length).inverse(in, y, count, ends, middle, parallel);
    }
    return HeapArray.adopt(shape, y);
  }
}
