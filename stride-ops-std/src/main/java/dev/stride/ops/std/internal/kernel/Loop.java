package dev.stride.ops.std.internal.kernel;

/** A compiled loop over arrays of one type: {@code float[]} or {@code double[]}. Stateless. */
interface Loop {

  /**
   * Sets {@code out[at + i]} for {@code 0 <= i < count}.
   *
   * @param operands arrays, each read from its offset on. Not modified.
   * @param offsets one an operand
   * @param parameters numbers that the formula refers to
   * @param out array of the result
   */
  void run(Object[] operands, int[] offsets, double[] parameters, Object out, int at, int count);
}
