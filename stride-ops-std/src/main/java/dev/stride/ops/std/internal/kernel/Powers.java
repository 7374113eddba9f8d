package dev.stride.ops.std.internal.kernel;

/**
 * {@code x^exponent}, computed in double as {@link Math#pow} does.
 *
 * @param exponent any number
 */
public record Powers(double exponent) implements UnaryLoop {

  @Override
  public void floats(float[] x, float[] out, int from, int to) {
    double constant = exponent;
    for (int i = from; i < to; i++) {
      out[i] = (float) Math.pow(x[i], constant);
    }
  }

  @Override
  public void doubles(double[] x, double[] out, int from, int to) {
    double constant = exponent;
    for (int i = from; i < to; i++) {
      out[i] = Math.pow(x[i], constant);
    }
  }
}
