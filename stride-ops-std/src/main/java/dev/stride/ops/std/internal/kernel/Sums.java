package dev.stride.ops.std.internal.kernel;

/**
 * Sums and inner products of runs of elements.
 *
 * <p>Short blocks are summed in several float64 accumulators, and blocks by a compensated sum: the
 * error is bounded by that of a block, however many there are. The order is fixed by the length of
 * the run alone.
 */
final class Sums {

  /** float64 elements of a block, eight accumulators of 256 terms each. */
  private static final int BLOCK = 1 << 11;

  /** Accumulators of float32 elements; a row of them, so that the loop becomes vector code. */
  private static final int LANES = 1 << 8;

  private Sums() {}

  /** Elements that a {@link Running} sum is given at a time. */
  static final int TILE = BLOCK;

  /**
   * The sum of a run that is known tile by tile: bit by bit that of the whole run. Not safe for
   * concurrent use.
   */
  static final class Running {

    private final double[] lanes;
    private final CompensatedSum blocks = new CompensatedSum();

    /** A sum of {@code count} elements in tiles of {@link #TILE}, the last of which is shorter. */
    Running(int count) {
      this.lanes = new double[Math.min(LANES, count)];
    }

    /** Adds elements of a tile. */
    void add(Object tile, int from, int count) {
      if (tile instanceof float[] floats) {
        addLanes(lanes, floats, from, from + count);
      } else {
        blocks.add(block((double[]) tile, from, from + count));
      }
    }

    double value() {
      return blocks.value() + block(lanes, 0, lanes.length);
    }
  }

  static double sum(float[] x, int from, int to) {
    double[] lanes = new double[Math.min(LANES, to - from)];
    addLanes(lanes, x, from, to);
    return block(lanes, 0, lanes.length);
  }

  private static void addLanes(double[] lanes, float[] x, int from, int to) {
    int start = from;
    for (; start + LANES <= to; start += LANES) {
      addTo(lanes, x, start, LANES);
    }
    addTo(lanes, x, start, to - start);
  }

  static double sum(double[] x, int from, int to) {
    if (to - from <= BLOCK) {
      return block(x, from, to);
    }
    CompensatedSum sum = new CompensatedSum();
    for (int start = from; start < to; start += BLOCK) {
      sum.add(block(x, start, Math.min(start + BLOCK, to)));
    }
    return sum.value();
  }

  static double dot(float[] x, float[] y, int from, int to) {
    double[] lanes = new double[Math.min(LANES, to - from)];
    int start = from;
    for (; start + LANES <= to; start += LANES) {
      addProductTo(lanes, x, y, start, LANES);
    }
    addProductTo(lanes, x, y, start, to - start);
    return block(lanes, 0, lanes.length);
  }

  static double dot(double[] x, double[] y, int from, int to) {
    CompensatedSum sum = new CompensatedSum();
    for (int start = from; start < to; start += BLOCK) {
      sum.add(productBlock(x, y, start, Math.min(start + BLOCK, to)));
    }
    return sum.value();
  }

  private static void addTo(double[] lanes, float[] x, int from, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i] += x[from + i];
    }
  }

  private static void addProductTo(double[] lanes, float[] x, float[] y, int from, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i] += (double) x[from + i] * (double) y[from + i];
    }
  }

  private static double block(double[] x, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = from;
    for (; i <= to - 8; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < to; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  private static double productBlock(double[] x, double[] y, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
    }
    for (; i < to; i++) {
      s0 += x[i] * y[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
