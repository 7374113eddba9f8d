package dev.stride.ops.std.internal.fft;

/**
 * One pass of a transform: Fourier transforms of a small length, the radix {@code r}, each number
 * of which is a row of {@code width} elements. Stateless.
 */
interface Pass {

  /**
   * With {@code m} blocks and {@code s} repeats, sets rows {@code (r p + k) s + t} of y to {@code
   * w(p, k) sum_j exp(-2 pi i j k / r) x[(p + m j) s + t]} for {@code p < m}, {@code k < r} and
   * {@code t < s}.
   *
   * <p>May work in place where there is one block and one repeat and x and y are the same rows.
   *
   * @param x read. Not modified.
   * @param y overwritten
   * @param factors {@code w}, see {@link Factors}
   * @param width a multiple of the lanes if this is vector code
   */
  void run(Rows x, Rows y, Rows factors, int blocks, int repeats, int width);
}
