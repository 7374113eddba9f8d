package dev.stride.ops.std.internal.kernel;

/** Code that adds runs to {@link Lanes}. Every form gives the same bits. Stateless. */
interface LaneCode {

  /**
   * Adds {@code count} terms to {@link Lanes#COUNT} accumulators: term i to the one of number i
   * modulo their count.
   *
   * @param x {@code float[]} or {@code double[]}, read from {@code from} on. Not modified.
   * @param y of the type of {@code x}, read from {@code fromY} on for {@link Addition#PRODUCTS}, at
   *     {@code fromY} for {@link Addition#DEVIATIONS}. Not modified.
   * @param count terms; a multiple of {@link Lanes#COUNT}
   */
  void add(Addition what, Object x, int from, Object y, int fromY, int count, double[] lanes);
}
