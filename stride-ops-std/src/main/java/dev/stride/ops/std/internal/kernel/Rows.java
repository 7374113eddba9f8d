package dev.stride.ops.std.internal.kernel;

/** A {@link Kernel} over rows of arrays. Stateless. */
public final class Rows {

  private static final double[] NO_PARAMETERS = {};

  private final Compiled loop;

  Rows(Compiled loop) {
    this.loop = loop;
  }

  /** Sets {@code out[at + i]} for {@code 0 <= i < count}; the formula takes no parameters. */
  public void run(Object[] operands, int[] offsets, Object out, int at, int count) {
    run(operands, offsets, NO_PARAMETERS, out, at, count);
  }

  /**
   * Sets {@code out[at + i]} for {@code 0 <= i < count}.
   *
   * @param operands {@code float[]} or {@code double[]}, each read from its offset on. Not modified
   *     unless one of them is {@code out}, which must then have the offset {@code at}.
   * @param offsets one an operand. Not modified.
   * @param parameters numbers that the formula refers to. Not modified.
   * @param out of the type of the operands
   */
  public void run(
      Object[] operands, int[] offsets, double[] parameters, Object out, int at, int count) {
    loop.run(operands, offsets, 0, parameters, out, at, count);
  }
}
