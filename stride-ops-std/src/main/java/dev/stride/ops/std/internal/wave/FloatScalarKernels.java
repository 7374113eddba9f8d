package dev.stride.ops.std.internal.wave;

/**
 * {@link RowKernels} on {@code float[]} in plain Java, for machines without the vector module.
 *
 * <p>Shifted rows are copied into buffers of one index first, because the compiler vectorises only
 * loops that cannot overlap themselves.
 */
final class FloatScalarKernels implements RowKernels<float[]> {

  private static final int LANES = 8;

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public StencilKernel<float[]> stencil(int dimensions, int radius) {
    return StencilKernel.of(
        (u, next, c, k, from, to, row, plane) ->
            update(laplacian(dimensions, radius, u, k, from, to, row, plane), u, next, c, from),
        (u, next, c, k, from, to, row, plane, kept, at) -> {
          float[] lap = laplacian(dimensions, radius, u, k, from, to, row, plane);
          System.arraycopy(lap, 0, kept, at, lap.length);
          update(lap, u, next, c, from);
        });
  }

  private static float[] laplacian(
      int dimensions, int radius, float[] u, float[] k, int from, int to, int row, int plane) {
    int count = to - from;
    float[] lap = copy(u, from, new float[count]);
    for (int i = 0; i < count; i++) {
      lap[i] *= k[0];
    }
    float[] sum = new float[count];
    float[] below = new float[count];
    float[] above = new float[count];
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

  private static float[] copy(float[] from, int at, float[] to) {
    System.arraycopy(from, at, to, 0, to.length);
    return to;
  }

  private static void pair(float[] below, float[] above, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = below[i] + above[i];
    }
  }

  private static void addPair(float[] below, float[] above, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = sum[i] + (below[i] + above[i]);
    }
  }

  private static void accumulate(float[] sum, float factor, float[] lap) {
    for (int i = 0; i < sum.length; i++) {
      lap[i] = Math.fma(sum[i], factor, lap[i]);
    }
  }

  private static void update(float[] lap, float[] u, float[] next, float[] c, int from) {
    int count = lap.length;
    float[] here = copy(u, from, new float[count]);
    float[] speed = copy(c, from, new float[count]);
    float[] level = copy(next, from, new float[count]);
    for (int i = 0; i < count; i++) {
      level[i] = Math.fma(lap[i], speed[i], 2 * here[i] - level[i]);
    }
    System.arraycopy(level, 0, next, from, count);
  }

  @Override
  public void damp(float[] u, float[] previous, float[] keep, float[] pull, int from, int to) {
    for (int i = from; i < to; i++) {
      previous[i] = Math.fma(pull[i], u[i], keep[i] * previous[i]);
    }
  }

  @Override
  public void correlate(
      float[] u,
      int from,
      float[] kept,
      int at,
      float[] gradient,
      float[] energy,
      int sum,
      int count) {
    for (int i = 0; i < count; i++) {
      float old = kept[at + i];
      gradient[sum + i] = Math.fma(old, u[from + i], gradient[sum + i]);
      energy[sum + i] = Math.fma(old, old, energy[sum + i]);
    }
  }

  @Override
  public void addProduct(float[] target, float[] x, int from, float[] y, int at, int count) {
    for (int i = 0; i < count; i++) {
      target[from + i] = Math.fma(x[from + i], y[at + i], target[from + i]);
    }
  }
}
