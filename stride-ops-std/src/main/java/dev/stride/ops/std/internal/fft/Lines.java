package dev.stride.ops.std.internal.fft;

import dev.stride.api.Parallel;

/**
 * Transforms of one length along lines whose numbers follow each other: rows of x and y. Immutable.
 */
abstract class Lines {

  /** Numbers of a chunk, if lines are short. */
  private static final int CHUNK = 1 << 14;

  private final int length;

  Lines(int length) {
    this.length = length;
  }

  /** The transform of a length by the fewest steps. */
  static Lines of(int length, Passes passes) {
    int first = Radices.nearRoot(length);
    if (length >= FourStepLines.SHORTEST
        && first >= passes.lanes()
        && first * 32L >= length / first) {
      return new FourStepLines(first, length / first, passes);
    }
    return length >= ChirpLines.SHORTEST && !Radices.isSmooth(length)
        ? new ChirpLines(length, passes)
        : new BundledLines(length, passes);
  }

  /** Length of the transforms. */
  final int length() {
    return length;
  }

  /** Lines that are handed to a thread together. */
  final int together() {
    return Math.max(bundle(), CHUNK / length / bundle() * bundle());
  }

  /** Lines that are transformed at once. */
  int bundle() {
    return 1;
  }

  /**
   * Transforms {@code count} lines and multiplies them by {@code scale}. May work in place.
   *
   * @param x read. Not modified unless it is y.
   * @param y overwritten
   */
  abstract void run(Rows x, Rows y, int count, double scale, Parallel parallel);
}
