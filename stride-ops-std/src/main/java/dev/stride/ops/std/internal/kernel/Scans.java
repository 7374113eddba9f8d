package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Parallel;
import dev.stride.api.Tensor;

/**
 * What is computed along a slice, element after element, in float64 and rounded once. All results
 * have the shape of the first tensor.
 */
public final class Scans {

  private Scans() {}

  /** {@code y_i = x_1 + ... + x_i} along each slice, compensated. */
  public static Tensor cumulativeSum(Axes axes, Tensor x, Parallel parallel) {
    return Slices.of(axes)
        .map(
            x,
            parallel,
            (slice, array, from, count) -> {
              CompensatedSum sum = new CompensatedSum();
              for (int i = 0; i < count; i++) {
                sum.add(get(array, i));
                set(array, i, sum.value());
              }
            });
  }

  /** The transpose of {@link #cumulativeSum}: {@code y_i = x_i + ... + x_n}. */
  public static Tensor reverseCumulativeSum(Axes axes, Tensor x, Parallel parallel) {
    return Slices.of(axes)
        .map(
            x,
            parallel,
            (slice, array, from, count) -> {
              CompensatedSum sum = new CompensatedSum();
              for (int i = count - 1; i >= 0; i--) {
                sum.add(get(array, i));
                set(array, i, sum.value());
              }
            });
  }

  /**
   * For each element {@code g} times the product of the others in its slice: no division, so it is
   * exact with zeros.
   *
   * @param g one factor a slice, of shape {@link Axes#kept}
   */
  public static Tensor productOfOthers(Axes axes, Tensor x, Tensor g, Parallel parallel) {
    return Slices.of(axes)
        .map(
            x,
            parallel,
            (slice, array, from, count) -> {
              double[] behind = new double[count + 1];
              behind[count] = 1;
              for (int i = count - 1; i >= 0; i--) {
                behind[i] = behind[i + 1] * get(array, i);
              }
              double before = g.at(slice);
              for (int i = 0; i < count; i++) {
                double term = get(array, i);
                set(array, i, before * behind[i + 1]);
                before *= term;
              }
            });
  }

  /**
   * The derivative of {@link #productOfOthers} of each element, along {@code u}: for each element
   * {@code g} times the sum over the others of {@code u_k} and the product of all but these two.
   *
   * @param u of the shape of {@code x}
   * @param g one factor a slice, of shape {@link Axes#kept}
   */
  public static Tensor productOfOthersAlong(
      Axes axes, Tensor x, Tensor u, Tensor g, Parallel parallel) {
    Slices slices = Slices.of(axes);
    Object directions = HeapArray.of(u);
    return slices.map(
        x,
        parallel,
        (slice, array, from, count) -> {
          Object along = HeapArray.zeros(x.dataType(), count);
          slices.gather(directions, slice, along);
          double[] behind = new double[count + 1];
          double[] behindAlong = new double[count + 1];
          behind[count] = 1;
          for (int i = count - 1; i >= 0; i--) {
            behindAlong[i] = behindAlong[i + 1] * get(array, i) + behind[i + 1] * get(along, i);
            behind[i] = behind[i + 1] * get(array, i);
          }
          double before = g.at(slice);
          double beforeAlong = 0;
          for (int i = 0; i < count; i++) {
            double term = get(array, i);
            set(array, i, beforeAlong * behind[i + 1] + before * behindAlong[i + 1]);
            beforeAlong = beforeAlong * term + before * get(along, i);
            before *= term;
          }
        });
  }

  private static double get(Object array, int i) {
    return array instanceof float[] floats ? floats[i] : ((double[]) array)[i];
  }

  private static void set(Object array, int i, double value) {
    if (array instanceof float[] floats) {
      floats[i] = (float) value;
    } else {
      ((double[]) array)[i] = value;
    }
  }
}
