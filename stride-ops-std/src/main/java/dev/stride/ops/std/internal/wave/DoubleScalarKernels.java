package dev.stride.ops.std.internal.wave;

/**
 * {@link RowKernels} on {@code double[]} in plain Java, for machines without the vector module.
 *
 * <p>Shifted rows are copied into buffers of one index first, because the compiler vectorises only
 * loops that cannot overlap themselves.
 */
final class DoubleScalarKernels implements RowKernels<double[]> {

  private static final int LANES = 4;

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public StencilKernel<double[]> stencil(int dimensions, int radius) {
    return StencilKernel.of(
        (u, next, c, k, from, to, row, plane) ->
            update(laplacian(dimensions, radius, u, k, from, to, row, plane), u, next, c, from),
        (u, next, c, k, from, to, row, plane, kept, at) -> {
          double[] lap = laplacian(dimensions, radius, u, k, from, to, row, plane);
          System.arraycopy(lap, 0, kept, at, lap.length);
          update(lap, u, next, c, from);
        });
  }

  private static double[] laplacian(
      int dimensions, int radius, double[] u, double[] k, int from, int to, int row, int plane) {
    int count = to - from;
    double[] lap = copy(u, from, new double[count]);
    for (int i = 0; i < count; i++) {
      lap[i] *= k[0];
    }
    double[] sum = new double[count];
    double[] below = new double[count];
    double[] above = new double[count];
    for (int n = 1; n <= radius; n++) {
      pair(copy(u, from - n, below), copy(u, from + n, above), sum);
      addPair(copy(u, from - n * row, below), copy(u, from + n * row, above), sum);
      if (dimensions == 3) {
        addPair(copy(u, from - n * plane, below), copy(u, from + n * plane, above), sum);
      }
      accumulate(sum, k[n], lap);
    }
    return lap;
  }

  private static double[] copy(double[] from, int at, double[] to) {
    System.arraycopy(from, at, to, 0, to.length);
    return to;
  }

  private static void pair(double[] below, double[] above, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = below[i] + above[i];
    }
  }

  private static void addPair(double[] below, double[] above, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = sum[i] + (below[i] + above[i]);
    }
  }

  private static void accumulate(double[] sum, double factor, double[] lap) {
    for (int i = 0; i < sum.length; i++) {
      lap[i] = Math.fma(sum[i], factor, lap[i]);
    }
  }

  private static void update(double[] lap, double[] u, double[] next, double[] c, int from) {
    int count = lap.length;
    double[] here = copy(u, from, new double[count]);
    double[] speed = copy(c, from, new double[count]);
    double[] level = copy(next, from, new double[count]);
    for (int i = 0; i < count; i++) {
      level[i] = Math.fma(lap[i], speed[i], 2 * here[i] - level[i]);
    }
    System.arraycopy(level, 0, next, from, count);
  }

  @Override
  public void damp(double[] u, double[] previous, double[] keep, double[] pull, int from, int to) {
    for (int i = from; i < to; i++) {
      previous[i] = Math.fma(pull[i], u[i], keep[i] * previous[i]);
    }
  }

  @Override
  public void correlate(
      double[] u,
      int from,
      double[] kept,
      int at,
      double[] gradient,
      double[] energy,
      int sum,
      int count) {
    for (int i = 0; i < count; i++) {
      double old = kept[at + i];
      gradient[sum + i] = Math.fma(old, u[from + i], gradient[sum + i]);
      energy[sum + i] = Math.fma(old, old, energy[sum + i]);
    }
  }

  @Override
  public void addProduct(double[] target, double[] x, int from, double[] y, int at, int count) {
    for (int i = 0; i < count; i++) {
      target[from + i] = Math.fma(x[from + i], y[at + i], target[from + i]);
    }
  }
}
