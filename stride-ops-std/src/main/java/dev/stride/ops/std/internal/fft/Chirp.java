package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;

/** The chirp {@code exp(-i pi j^2 / n)} of Bluestein's algorithm, and its spectrum. */
final class Chirp {

  private Chirp() {}

  /** The chirp of a length. */
  static Rows of(int length, Passes passes) {
    return passes.roots(length, 2L * length, j -> (long) j * j);
  }

  /**
   * The transform of the conjugate chirp, wrapped around a length that is fast, over that length.
   * Computed in float64.
   */
  static Rows spectrum(int length, int fast, Passes passes) {
    Passes exact = new Passes(DataType.FLOAT64, 0);
    Rows chirp = of(length, exact);
    double[] re = new double[fast];
    double[] im = new double[fast];
    for (int j = 0; j < length; j++) {
      re[j] = ((double[]) chirp.re())[j] / fast;
      im[j] = -((double[]) chirp.im())[j] / fast;
      re[(fast - j) % fast] = re[j];
      im[(fast - j) % fast] = im[j];
    }
    Rows wrapped = new Rows(re, im, 0, 1);
    Columns columns = Columns.of(fast, exact);
    columns.run(wrapped, wrapped, 1, columns.workspace(DataType.FLOAT64, 1));
    return passes.table(re, im);
  }
}
