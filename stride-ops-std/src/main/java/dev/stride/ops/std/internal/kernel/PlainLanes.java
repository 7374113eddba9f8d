package dev.stride.ops.std.internal.kernel;

/** Half of the accumulators at a time, so that they stay in registers. */
final class PlainLanes implements LaneCode {

  private static final int HALF = Lanes.COUNT / 2;

  @Override
  public void add(
      Addition what, Object x, int from, Object y, int fromY, int count, double[] lanes) {
    for (int lane = 0; lane < Lanes.COUNT; lane += HALF) {
      int end = from + count;
      int shift = fromY - from;
      if (x instanceof float[] floats) {
        switch (what) {
          case TERMS -> terms(floats, from + lane, end, lanes, lane);
          case SQUARES -> products(floats, from + lane, floats, 0, end, lanes, lane);
          case PRODUCTS -> products(floats, from + lane, (float[]) y, shift, end, lanes, lane);
          case DEVIATIONS ->
              deviations(floats, from + lane, ((float[]) y)[fromY], end, lanes, lane);
        }
      } else {
        double[] doubles = (double[]) x;
        switch (what) {
          case TERMS -> terms(doubles, from + lane, end, lanes, lane);
          case SQUARES -> products(doubles, from + lane, doubles, 0, end, lanes, lane);
          case PRODUCTS -> products(doubles, from + lane, (double[]) y, shift, end, lanes, lane);
          case DEVIATIONS ->
              deviations(doubles, from + lane, ((double[]) y)[fromY], end, lanes, lane);
        }
      }
    }
  }

  private static void terms(float[] x, int from, int end, double[] lanes, int lane) {
    double s0 = lanes[lane];
    double s1 = lanes[lane + 1];
    double s2 = lanes[lane + 2];
    double s3 = lanes[lane + 3];
    double s4 = lanes[lane + 4];
    double s5 = lanes[lane + 5];
    double s6 = lanes[lane + 6];
    double s7 = lanes[lane + 7];
    for (int i = from; i < end; i += Lanes.COUNT) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    put(lanes, lane, s0, s1, s2, s3, s4, s5, s6, s7);
  }

  private static void terms(double[] x, int from, int end, double[] lanes, int lane) {
    double s0 = lanes[lane];
    double s1 = lanes[lane + 1];
    double s2 = lanes[lane + 2];
    double s3 = lanes[lane + 3];
    double s4 = lanes[lane + 4];
    double s5 = lanes[lane + 5];
    double s6 = lanes[lane + 6];
    double s7 = lanes[lane + 7];
    for (int i = from; i < end; i += Lanes.COUNT) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    put(lanes, lane, s0, s1, s2, s3, s4, s5, s6, s7);
  }

  private static void products(
      float[] x, int from, float[] y, int shift, int end, double[] lanes, int lane) {
    double s0 = lanes[lane];
    double s1 = lanes[lane + 1];
    double s2 = lanes[lane + 2];
    double s3 = lanes[lane + 3];
    double s4 = lanes[lane + 4];
    double s5 = lanes[lane + 5];
    double s6 = lanes[lane + 6];
    double s7 = lanes[lane + 7];
    for (int i = from; i < end; i += Lanes.COUNT) {
      int j = i + shift;
      s0 += (double) x[i] * y[j];
      s1 += (double) x[i + 1] * y[j + 1];
      s2 += (double) x[i + 2] * y[j + 2];
      s3 += (double) x[i + 3] * y[j + 3];
      s4 += (double) x[i + 4] * y[j + 4];
      s5 += (double) x[i + 5] * y[j + 5];
      s6 += (double) x[i + 6] * y[j + 6];
      s7 += (double) x[i + 7] * y[j + 7];
    }
    put(lanes, lane, s0, s1, s2, s3, s4, s5, s6, s7);
  }

  private static void products(
      double[] x, int from, double[] y, int shift, int end, double[] lanes, int lane) {
    double s0 = lanes[lane];
    double s1 = lanes[lane + 1];
    double s2 = lanes[lane + 2];
    double s3 = lanes[lane + 3];
    double s4 = lanes[lane + 4];
    double s5 = lanes[lane + 5];
    double s6 = lanes[lane + 6];
    double s7 = lanes[lane + 7];
    for (int i = from; i < end; i += Lanes.COUNT) {
      int j = i + shift;
      s0 += x[i] * y[j];
      s1 += x[i + 1] * y[j + 1];
      s2 += x[i + 2] * y[j + 2];
      s3 += x[i + 3] * y[j + 3];
      s4 += x[i + 4] * y[j + 4];
      s5 += x[i + 5] * y[j + 5];
      s6 += x[i + 6] * y[j + 6];
      s7 += x[i + 7] * y[j + 7];
    }
    put(lanes, lane, s0, s1, s2, s3, s4, s5, s6, s7);
  }

  private static void deviations(
      float[] x, int from, float centre, int end, double[] lanes, int lane) {
    double s0 = lanes[lane];
    double s1 = lanes[lane + 1];
    double s2 = lanes[lane + 2];
    double s3 = lanes[lane + 3];
    double s4 = lanes[lane + 4];
    double s5 = lanes[lane + 5];
    double s6 = lanes[lane + 6];
    double s7 = lanes[lane + 7];
    for (int i = from; i < end; i += Lanes.COUNT) {
      float d0 = x[i] - centre;
      float d1 = x[i + 1] - centre;
      float d2 = x[i + 2] - centre;
      float d3 = x[i + 3] - centre;
      float d4 = x[i + 4] - centre;
      float d5 = x[i + 5] - centre;
      float d6 = x[i + 6] - centre;
      float d7 = x[i + 7] - centre;
      s0 += (double) d0 * d0;
      s1 += (double) d1 * d1;
      s2 += (double) d2 * d2;
      s3 += (double) d3 * d3;
      s4 += (double) d4 * d4;
      s5 += (double) d5 * d5;
      s6 += (double) d6 * d6;
      s7 += (double) d7 * d7;
    }
    put(lanes, lane, s0, s1, s2, s3, s4, s5, s6, s7);
  }

  private static void deviations(
      double[] x, int from, double centre, int end, double[] lanes, int lane) {
    double s0 = lanes[lane];
    double s1 = lanes[lane + 1];
    double s2 = lanes[lane + 2];
    double s3 = lanes[lane + 3];
    double s4 = lanes[lane + 4];
    double s5 = lanes[lane + 5];
    double s6 = lanes[lane + 6];
    double s7 = lanes[lane + 7];
    for (int i = from; i < end; i += Lanes.COUNT) {
      double d0 = x[i] - centre;
      double d1 = x[i + 1] - centre;
      double d2 = x[i + 2] - centre;
      double d3 = x[i + 3] - centre;
      double d4 = x[i + 4] - centre;
      double d5 = x[i + 5] - centre;
      double d6 = x[i + 6] - centre;
      double d7 = x[i + 7] - centre;
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
      s4 += d4 * d4;
      s5 += d5 * d5;
      s6 += d6 * d6;
      s7 += d7 * d7;
    }
    put(lanes, lane, s0, s1, s2, s3, s4, s5, s6, s7);
  }

  private static void put(double[] lanes, int lane, double... sums) {
    System.arraycopy(sums, 0, lanes, lane, HALF);
  }
}
