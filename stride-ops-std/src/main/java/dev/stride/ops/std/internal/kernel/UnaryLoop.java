package dev.stride.ops.std.internal.kernel;

/** A loop over single elements, in the manner of {@link BinaryLoop}. */
public interface UnaryLoop {

  /** Sets {@code out[i]} for {@code from <= i < to}. The input is not modified. */
  void floats(float[] x, float[] out, int from, int to);

  /** Sets {@code out[i]} for {@code from <= i < to}. The input is not modified. */
  void doubles(double[] x, double[] out, int from, int to);
}
