package dev.stride.ops.std.internal.kernel;

/**
 * A loop over pairs of elements. One method a type, each with a loop of its own over arrays that
 * share one index: that is the form that the compiler turns into vector code.
 */
public interface BinaryLoop {

  /** Sets {@code out[i]} for {@code from <= i < to}. The inputs are not modified. */
  void floats(float[] a, float[] b, float[] out, int from, int to);

  /** Sets {@code out[i]} for {@code from <= i < to}. The inputs are not modified. */
  void doubles(double[] a, double[] b, double[] out, int from, int to);
}
