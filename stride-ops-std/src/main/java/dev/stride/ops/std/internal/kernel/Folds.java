package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;

/**
 * Reductions over axes other than sums. The order of terms depends on shapes alone.
 *
 * <p>All results have the shape {@link Axes#kept}.
 */
public enum Folds {
  /** The largest element; NaN if any is. -Infinity of none. */
  MAX(Double.NEGATIVE_INFINITY) {
    @Override
    double of(float[] x, int from, int to) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        largest = Math.max(largest, x[i]);
      }
      return largest;
    }

    @Override
    double of(double[] x, int from, int to) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        largest = Math.max(largest, x[i]);
      }
      return largest;
    }
  },
  /** The smallest element; NaN if any is. Infinity of none. */
  MIN(Double.POSITIVE_INFINITY) {
    @Override
    double of(float[] x, int from, int to) {
      float smallest = Float.POSITIVE_INFINITY;
      for (int i = from; i < to; i++) {
        smallest = Math.min(smallest, x[i]);
      }
      return smallest;
    }

    @Override
    double of(double[] x, int from, int to) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int i = from; i < to; i++) {
        smallest = Math.min(smallest, x[i]);
      }
      return smallest;
    }
  },
  /** The product in float64; 1 of none. */
  PRODUCT(1) {
    @Override
    double of(float[] x, int from, int to) {
      double product = 1;
      for (int i = from; i < to; i++) {
        product *= x[i];
      }
      return product;
    }

    @Override
    double of(double[] x, int from, int to) {
      double product = 1;
      for (int i = from; i < to; i++) {
        product *= x[i];
      }
      return product;
    }
  };

  private final double ofNone;

  Folds(double ofNone) {
    this.ofNone = ofNone;
  }

  abstract double of(float[] x, int from, int to);

  abstract double of(double[] x, int from, int to);

  private double of(Object x, int from, int to) {
    return x instanceof float[] floats ? of(floats, from, to) : of((double[]) x, from, to);
  }

  /** One result a slice. */
  public Tensor over(Axes axes, Tensor x, Parallel parallel) {
    double[] results = new double[axes.slices()];
    if (axes.slices() == 1) {
      results[0] = whole(HeapArray.of(x), x.size(), parallel);
    } else if (x.size() == 0) {
      java.util.Arrays.fill(results, ofNone);
    } else {
      Slices.of(axes)
          .read(
              x,
              parallel,
              (slice, array, from, count) -> results[slice] = of(array, from, from + count));
    }
    Tensor exact = Tensor.adopt(axes.kept(), results);
    return x.dataType() == DataType.FLOAT64 ? exact : exact.cast(DataType.FLOAT32);
  }

  private double whole(Object x, int size, Parallel parallel) {
    double[] parts = new double[Math.max(1, Chunks.number(size, Chunks.ELEMENTS))];
    java.util.Arrays.fill(parts, ofNone);
    Chunks.cover(parallel, size, (from, to) -> parts[from / Chunks.ELEMENTS] = of(x, from, to));
    return of(parts, 0, parts.length);
  }
}
