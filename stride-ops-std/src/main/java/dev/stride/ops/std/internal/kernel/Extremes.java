package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;

/**
 * The largest and the smallest of float32 numbers, as {@code Math.max} and {@code Math.min} have
 * them: NaN if any number is, and 0 larger than -0. The order of the numbers makes no difference.
 *
 * <p>Compares keys: the bits of a number, changed so that they are in order as integers, with NaN
 * at either end. Not safe for concurrent use.
 */
final class Extremes {

  /** Numbers that vector code looks at together. */
  static final int TURN = 16;

  /** Numbers of a trial of vector code: enough that the compiler takes the loop for one. */
  private static final int TRIAL = 16 * TURN;

  /** Operations of vector code for one number. */
  private static final double STEPS = 6.0 / VectorExtremes.WIDTH;

  private static final boolean HAS_VECTORS =
      VectorUnit.lanes(DataType.FLOAT32) >= VectorExtremes.WIDTH;
  private static final WarmUp WARM_UP = new WarmUp();

  private static final int LARGEST = key(Float.POSITIVE_INFINITY);
  private static final int SMALLEST = key(Float.NEGATIVE_INFINITY);

  private int least = Integer.MAX_VALUE;
  private int most = Integer.MIN_VALUE;

  /** Looks at {@code x[from + i]} for {@code 0 <= i < count}. */
  void add(float[] x, int from, int count) {
    int whole = HAS_VECTORS ? count - count % TURN : 0;
    if (whole > 0 && WARM_UP.isOver()) {
      VectorExtremes.add(x, from, whole, this);
    } else if (whole > 0) {
      WARM_UP.share(
          whole,
          TRIAL,
          STEPS,
          (at, some) -> VectorExtremes.add(x, from + at, some, this),
          (at, some) -> addPlain(x, from + at, some));
    }
    addPlain(x, from + whole, count - whole);
  }

  private void addPlain(float[] x, int from, int count) {
    int low = least;
    int high = most;
    for (int i = from; i < from + count; i++) {
      int key = key(x[i]);
      low = Math.min(low, key);
      high = Math.max(high, key);
    }
    least = low;
    most = high;
  }

  private static int key(float x) {
    return turned(Float.floatToRawIntBits(x));
  }

  /** The key of bits, and the bits of a key. */
  private static int turned(int bits) {
    return bits ^ ((bits >> 31) >>> 1);
  }

  /** Takes the extreme keys of other numbers into account. */
  void add(int leastKey, int mostKey) {
    least = Math.min(least, leastKey);
    most = Math.max(most, mostKey);
  }

  /** The largest number; NaN if any is. There must be one. */
  float most() {
    return isNan() ? Float.NaN : Float.intBitsToFloat(turned(most));
  }

  /** The smallest number; NaN if any is. There must be one. */
  float least() {
    return isNan() ? Float.NaN : Float.intBitsToFloat(turned(least));
  }

  private boolean isNan() {
    return most > LARGEST || least < SMALLEST;
  }

  /** Forgets what it has seen. */
  void clear() {
    least = Integer.MAX_VALUE;
    most = Integer.MIN_VALUE;
  }
}
