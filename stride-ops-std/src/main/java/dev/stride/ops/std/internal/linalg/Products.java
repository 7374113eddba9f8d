package dev.stride.ops.std.internal.linalg;

import dev.ludovic.netlib.blas.NativeBLAS;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Matrix;
import dev.stride.ops.std.internal.kernel.MatrixProduct;
import dev.stride.ops.std.internal.kernel.Shapes;
import org.jspecify.annotations.Nullable;

/**
 * Products of stacks of matrices, whose batch axes are broadcast.
 *
 * <p>Large products go to the native BLAS in strips of fixed size, one thread each, all others to
 * {@link MatrixProduct}: what is computed where depends on shapes and the library only. float32
 * products deeper than {@link #DEPTH} are summed block by block in float64, so that the error does
 * not grow with the depth.
 */
final class Products {

  /** Products summed in float32 by the library before their sum is added in float64. */
  static final int DEPTH = 1 << 12;

  /** Multiplications below which the call of a library does not pay. */
  private static final int SMALL = 1 << 12;

  /** Rows or columns of the result that one call computes. */
  private static final int STRIP = 512;

  private final @Nullable NativeBLAS blas;

  Products(Library library) {
    this.blas = library.blas();
  }

  /** Products by the library of this process. */
  static Products chosen() {
    return new Products(Library.chosen());
  }

  /**
   * The products, of shape {@code [batch..., a.rows, b.columns]}.
   *
   * @param a of as many columns as {@code b} has rows, and of a batch that fits that of {@code b}
   */
  Tensor multiply(Stored a, Stored b, Parallel parallel) {
    Shape batch = Shapes.broadcast(a.batch(), b.batch());
    Shape shape = Stacks.with(batch, a.rows(), b.columns());
    Object out = HeapArray.zeros(a.tensor().dataType(), shape.size());
    int[] inA = Stacks.positions(a.batch(), batch);
    int[] inB = Stacks.positions(b.batch(), batch);
    int size = a.rows() * b.columns();
    if (shape.size() > 0 && inA.length == 1) {
      multiply(a, 0, b, 0, out, 0, parallel);
    } else if (shape.size() > 0) {
      int together = Math.max(1, (int) ((1 << 16) / Math.max(1, work(a, b))));
      int chunks = Math.ceilDiv(inA.length, together);
      parallel.run(
          chunks,
          chunk -> {
            int end = Math.min(inA.length, (chunk + 1) * together);
            for (int i = chunk * together; i < end; i++) {
              multiply(a, inA[i], b, inB[i], out, i * size, Parallel.serial());
            }
          });
    }
    return HeapArray.adopt(shape, out);
  }

  private static long work(Stored a, Stored b) {
    return (long) a.rows() * a.columns() * b.columns();
  }

  private void multiply(
      Stored a, int matrixA, Stored b, int matrixB, Object out, int at, Parallel parallel) {
    int atA = matrixA * a.rows() * a.columns();
    int atB = matrixB * b.rows() * b.columns();
    int narrowest = Math.min(a.columns(), Math.min(a.rows(), b.columns()));
    if (blas == null || narrowest < 4 || work(a, b) < SMALL) {
      MatrixProduct.into(matrix(a, atA), matrix(b, atB), out, at, parallel);
      return;
    }
    boolean tall = a.rows() >= b.columns();
    int strips = Math.ceilDiv(tall ? a.rows() : b.columns(), STRIP);
    Strip whole = new Strip(blas, a, atA, b, atB, out, at);
    parallel.run(strips, strip -> whole.compute(tall, strip * STRIP, STRIP));
  }

  private static Matrix matrix(Stored stored, int at) {
    Object array = HeapArray.of(stored.tensor());
    return stored.transposed()
        ? Matrix.of(array, at, stored.columns(), stored.rows()).transposed()
        : Matrix.of(array, at, stored.rows(), stored.columns());
  }

  /** One product for the library, of which a call computes some rows or columns. */
  private record Strip(NativeBLAS blas, Stored a, int atA, Stored b, int atB, Object out, int at) {

    void compute(boolean tall, int from, int length) {
      int row = tall ? from : 0;
      int column = tall ? 0 : from;
      int rows = tall ? Math.min(length, a.rows() - from) : a.rows();
      int columns = tall ? b.columns() : Math.min(length, b.columns() - from);
      int startA = atA + row * (a.transposed() ? 1 : a.columns());
      int startB = atB + column * (b.transposed() ? b.rows() : 1);
      int start = at + row * b.columns() + column;
      if (out instanceof double[] doubles) {
        doubles(rows, columns, startA, startB, doubles, start);
      } else if (a.columns() <= DEPTH) {
        floats(rows, columns, 0, a.columns(), startA, startB, (float[]) out, start, b.columns());
      } else {
        deep(rows, columns, startA, startB, (float[]) out, start);
      }
    }

    /** The library is column-major: it computes the transpose of the product from those of both. */
    private void doubles(int rows, int columns, int startA, int startB, double[] c, int start) {
      blas.dgemm(
          b.transposed() ? "T" : "N",
          a.transposed() ? "T" : "N",
          columns,
          rows,
          a.columns(),
          1,
          HeapArray.doubles(b.tensor()),
          startB,
          b.view().extent(-1),
          HeapArray.doubles(a.tensor()),
          startA,
          a.view().extent(-1),
          0,
          c,
          start,
          b.columns());
    }

    private void floats(
        int rows,
        int columns,
        int k,
        int depth,
        int startA,
        int startB,
        float[] c,
        int start,
        int ld) {
      blas.sgemm(
          b.transposed() ? "T" : "N",
          a.transposed() ? "T" : "N",
          columns,
          rows,
          depth,
          1,
          HeapArray.floats(b.tensor()),
          startB + k * (b.transposed() ? 1 : b.columns()),
          b.view().extent(-1),
          HeapArray.floats(a.tensor()),
          startA + k * (a.transposed() ? a.rows() : 1),
          a.view().extent(-1),
          0,
          c,
          start,
          ld);
    }

    private void deep(int rows, int columns, int startA, int startB, float[] c, int start) {
      float[] block = new float[rows * columns];
      double[] sum = new double[rows * columns];
      for (int k = 0; k < a.columns(); k += DEPTH) {
        int depth = Math.min(DEPTH, a.columns() - k);
        floats(rows, columns, k, depth, startA, startB, block, 0, columns);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += block[i];
        }
      }
      for (int i = 0; i < sum.length; i++) {
        c[start + i / columns * b.columns() + i % columns] = (float) sum[i];
      }
    }
  }
}
