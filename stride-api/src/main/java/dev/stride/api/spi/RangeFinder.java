package dev.stride.api.spi;

/** Collects the range of numbers one by one. */
final class RangeFinder {

  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long nans;
  private long infinities;

  void add(double value) {
    if (Double.isFinite(value)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    } else if (Double.isNaN(value)) {
      nans++;
    } else {
      infinities++;
    }
  }

  VectorSpace.Range range() {
    return times(1);
  }

  /** The range of the numbers, each of which stands for several. */
  VectorSpace.Range times(long count) {
    return new VectorSpace.Range(min, max, count * nans, count * infinities);
  }
}
