package dev.stride.ops.std.internal.kernel;

/** The four operations of arithmetic, rounded once in the type of the elements. */
public enum Arithmetic implements BinaryLoop {
  /** {@code a + b}. */
  ADD {
    @Override
    public void floats(float[] a, float[] b, float[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = a[i] + b[i];
      }
    }

    @Override
    public void doubles(double[] a, double[] b, double[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = a[i] + b[i];
      }
    }
  },
  /** {@code a - b}. */
  SUBTRACT {
    @Override
    public void floats(float[] a, float[] b, float[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = a[i] - b[i];
      }
    }

    @Override
    public void doubles(double[] a, double[] b, double[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = a[i] - b[i];
      }
    }
  },
  /** {@code a * b}. */
  MULTIPLY {
    @Override
    public void floats(float[] a, float[] b, float[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = a[i] * b[i];
      }
    }

    @Override
    public void doubles(double[] a, double[] b, double[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = a[i] * b[i];
      }
    }
  },
  /** {@code a / b}. */
  DIVIDE {
    @Override
    public void floats(float[] a, float[] b, float[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = a[i] / b[i];
      }
    }

    @Override
    public void doubles(double[] a, double[] b, double[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = a[i] / b[i];
      }
    }
  }
}
