package dev.stride.ops.std.internal.kernel;

/** Functions of one element, computed in double and rounded to the type of the elements. */
public enum Function implements UnaryLoop {
  /** {@code e^x}. */
  EXP {
    @Override
    public void floats(float[] x, float[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = (float) Math.exp(x[i]);
      }
    }

    @Override
    public void doubles(double[] x, double[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = Math.exp(x[i]);
      }
    }
  },
  /** The natural logarithm. */
  LOG {
    @Override
    public void floats(float[] x, float[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = (float) Math.log(x[i]);
      }
    }

    @Override
    public void doubles(double[] x, double[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = Math.log(x[i]);
      }
    }
  },
  /** The square root, correctly rounded. */
  SQRT {
    @Override
    public void floats(float[] x, float[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = (float) Math.sqrt(x[i]);
      }
    }

    @Override
    public void doubles(double[] x, double[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = Math.sqrt(x[i]);
      }
    }
  }
}
