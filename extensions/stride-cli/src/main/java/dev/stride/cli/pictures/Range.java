package dev.stride.cli.pictures;

import java.util.Arrays;

/**
 * The numbers that an axis or a colour bar spans.
 *
 * @param low the first
 * @param high the last, greater than {@code low}
 */
public record Range(double low, double high) {

  /** Checks that the range is finite and not empty. */
  public Range {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "range: got %s to %s. It must be finite, the first less than the last."
              .formatted(low, high));
    }
  }

  /** From the smallest to the largest finite value; one unit wide if there is only one. */
  public static Range of(float[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      return new Range(0, 1);
    }
    return low < high ? new Range(low, high) : new Range(low - 0.5, high + 0.5);
  }

  /** From minus to plus the largest magnitude, for differences; one unit wide if all are zero. */
  public static Range symmetric(float[] values) {
    Range range = of(values);
    double most = Math.max(Math.abs(range.low), Math.abs(range.high));
    return most > 0 ? new Range(-most, most) : new Range(-0.5, 0.5);
  }

  /**
   * From minus to plus the magnitude that this share of the values does not exceed: keeps a few
   * strong values from washing out the rest.
   *
   * @param share above 0, at most 1
   */
  public static Range symmetric(float[] values, double share) {
    float[] magnitudes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      magnitudes[i] = Math.abs(values[i]);
    }
    Arrays.sort(magnitudes);
    double most = magnitudes[(int) Math.ceil(share * magnitudes.length) - 1];
    return most > 0 ? new Range(-most, most) : symmetric(values);
  }

  /** The smallest range that holds both. */
  public Range with(Range other) {
    return new Range(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** Where a value lies: 0 at the low end, 1 at the high one. */
  public double position(double value) {
    return (value - low) / (high - low);
  }
}
