package dev.stride.ops.std.internal.kernel;

/**
 * The sum of a run of elements, given tile by tile, in float64.
 *
 * <p>Elements are added to {@link Lanes}, and for float64 elements the sums of tiles are added
 * compensated: the error is bounded by that of a tile, however many there are; float32 elements are
 * short enough that nothing is lost. The order is fixed by the length of the run alone. Not safe
 * for concurrent use.
 */
final class Sums {

  /** Elements of a tile, the last one of a run excepted. */
  static final int TILE = 1 << 11;

  private final Addition what;
  private final Lanes lanes = new Lanes();
  private final CompensatedSum tiles = new CompensatedSum();

  Sums(Addition what) {
    this.what = what;
  }

  /** Whether a run is too short for {@link Lanes}. */
  static boolean isShort(int count) {
    return count < Lanes.COUNT;
  }

  /** The sum of a run that {@link #isShort}, one element after the other. */
  static double shortRun(Addition what, Object x, int from, int count) {
    return shortRun(what, x, from, count, x, from);
  }

  /** As the other, of elements whose centre is {@code y[at]} if they have one. */
  static double shortRun(Addition what, Object x, int from, int count, Object y, int at) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += what.of(x, i, y, at);
    }
    return sum;
  }

  /** Adds the next tile of the run. */
  void add(Object tile, int from, int count) {
    lanes.add(what, tile, from, count);
    endTile(tile);
  }

  /** Adds the next tile of two runs, or of one and a centre {@code y[fromY]}. */
  void add(Object x, int from, Object y, int fromY, int count) {
    lanes.add(what, x, from, y, fromY, count);
    endTile(x);
  }

  private void endTile(Object tile) {
    if (tile instanceof double[]) {
      tiles.add(lanes.take());
    }
  }

  /** The sum of the run; the next tile begins another one. */
  double take() {
    return tiles.take() + lanes.take();
  }

  /** The inner product of terms of one type in a range. */
  static double dot(Terms.Reader x, Terms.Reader y, int from, int to) {
    Sums sums = new Sums(Addition.PRODUCTS);
    for (int at = from; at < to; at += TILE) {
      int count = Math.min(TILE, to - at);
      Object a = x.read(at, count);
      sums.add(a, x.offset(), y.read(at, count), y.offset(), count);
    }
    return sums.take();
  }
}
