package dev.stride.ops.std.internal.kernel;

/**
 * {@code factor * x}, with the factor rounded to the type of the elements.
 *
 * @param factor any number
 */
public record Scaling(double factor) implements UnaryLoop {

  @Override
  public void floats(float[] x, float[] out, int from, int to) {
    float rounded = (float) factor;
    for (int i = from; i < to; i++) {
      out[i] = rounded * x[i];
    }
  }

  @Override
  public void doubles(double[] x, double[] out, int from, int to) {
    double constant = factor;
    for (int i = from; i < to; i++) {
      out[i] = constant * x[i];
    }
  }
}
