package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;

/**
 * A loop for whole vectors, and one for the elements that are left over. Both give the same bits.
 *
 * @param whole handles multiples of {@code lanes}
 * @param rest handles any number of elements
 */
record Compiled(Loop whole, Loop rest, int lanes, DataType type) {

  /**
   * Sets {@code out[at + i]} for {@code 0 <= i < count}.
   *
   * @param uniform bit k: operand k is one element, the same everywhere
   */
  void run(
      Object[] operands,
      int[] offsets,
      long uniform,
      double[] parameters,
      Object out,
      int at,
      int count) {
    int left = count % lanes;
    int done = count - left;
    if (done > 0) {
      whole.run(operands, offsets, parameters, out, at, done);
    }
    if (left > 0) {
      int[] moved = offsets.clone();
      for (int k = 0; k < moved.length; k++) {
        moved[k] += (uniform >> k & 1) == 0 ? done : 0;
      }
      rest.run(operands, moved, parameters, out, at + done, left);
    }
  }
}
