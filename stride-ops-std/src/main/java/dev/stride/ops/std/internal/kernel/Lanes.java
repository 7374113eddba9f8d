package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * float64 accumulators side by side: term i of a run is added to the one of number i modulo their
 * count, whatever code does it. Vector code takes over from plain code when it is fast. Not safe
 * for concurrent use.
 */
final class Lanes {

  /** Accumulators: enough that additions need not wait for each other. */
  static final int COUNT = 16;

  /** Terms of a trial of vector code: enough that the compiler takes the loop for one. */
  private static final int TRIAL = 16 * COUNT;

  private static final LaneCode PLAIN = new PlainLanes();
  private static final @Nullable LaneCode VECTOR =
      VectorUnit.lanes(DataType.FLOAT64) >= VectorLanes.WIDTH ? new VectorLanes() : null;

  private final double[] sums = new double[COUNT];

  /** Adds {@code count} terms of an array; a count that is no multiple of theirs ends the run. */
  void add(Addition what, Object x, int from, int count) {
    add(what, x, from, x, from, count);
  }

  /**
   * Adds terms of two arrays of one type, or of one and a centre {@code y[fromY]}; a count that is
   * no multiple of theirs ends the run.
   */
  void add(Addition what, Object x, int from, Object y, int fromY, int count) {
    int step = what == Addition.DEVIATIONS ? 0 : 1;
    int whole = count - count % COUNT;
    LaneCode vector = VECTOR;
    if (vector == null) {
      PLAIN.add(what, x, from, y, fromY, whole, sums);
    } else if (what.warmUp(x).isOver()) {
      vector.add(what, x, from, y, fromY, whole, sums);
    } else {
      what.warmUp(x)
          .share(
              whole,
              TRIAL,
              (double) what.steps() / VectorLanes.WIDTH,
              (at, some) -> vector.add(what, x, from + at, y, fromY + step * at, some, sums),
              (at, some) -> PLAIN.add(what, x, from + at, y, fromY + step * at, some, sums));
    }
    for (int i = whole; i < count; i++) {
      sums[i - whole] += what.of(x, from + i, y, fromY + step * i);
    }
  }

  /** The sum of all, which start from zero again. */
  double take() {
    double sum =
        ((sums[0] + sums[1]) + (sums[2] + sums[3]))
            + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
            + (((sums[8] + sums[9]) + (sums[10] + sums[11]))
                + ((sums[12] + sums[13]) + (sums[14] + sums[15])));
    Arrays.fill(sums, 0);
    return sum;
  }
}
