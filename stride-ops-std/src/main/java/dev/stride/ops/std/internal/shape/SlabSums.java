package dev.stride.ops.std.internal.shape;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums of slabs, element by element, in float64 with the rounding errors kept: the error does not
 * grow with the number of terms. Serves one block after the other. Not safe for concurrent use.
 */
final class SlabSums {

  private final double[] sum;
  private final double[] lost;

  SlabSums(int elements) {
    this.sum = new double[elements];
    this.lost = new double[elements];
  }

  /** Begins with what stands at {@code from} of an array; with zeros if there is none. */
  void start(@Nullable Object array, int from) {
    Arrays.fill(lost, 0);
    switch (array) {
      case null -> Arrays.fill(sum, 0);
      case double[] doubles -> System.arraycopy(doubles, from, sum, 0, sum.length);
      case float[] floats -> {
        for (int i = 0; i < sum.length; i++) {
          sum[i] = floats[from + i];
        }
      }
      default -> throw new IllegalArgumentException("no elements: " + array.getClass());
    }
  }

  /** Adds {@code count} elements of an array to the sums from {@code to} on. */
  void add(int to, Object array, int from, int count) {
    if (array instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        add(to + i, floats[from + i]);
      }
    } else {
      double[] doubles = (double[]) array;
      for (int i = 0; i < count; i++) {
        add(to + i, doubles[from + i]);
      }
    }
  }

  /** Knuth's sum of two: the rounding error is kept, without a branch. */
  private void add(int at, double term) {
    double before = sum[at];
    double next = before + term;
    double added = next - before;
    lost[at] += (before - (next - added)) + (term - added);
    sum[at] = next;
  }

  /** Writes the sums to an array from {@code to} on, rounded to its type. */
  void store(Object array, int to) {
    if (array instanceof float[] floats) {
      for (int i = 0; i < sum.length; i++) {
        floats[to + i] = (float) value(i);
      }
    } else {
      double[] doubles = (double[]) array;
      for (int i = 0; i < sum.length; i++) {
        doubles[to + i] = value(i);
      }
    }
  }

  private double value(int at) {
    return Double.isFinite(sum[at]) ? sum[at] + lost[at] : sum[at];
  }
}
