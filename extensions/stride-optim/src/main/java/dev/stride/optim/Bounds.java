package dev.stride.optim;

import dev.stride.api.Tensor;

/**
 * The least and the greatest value that an element may have.
 *
 * @param least may be negative infinity
 * @param greatest at least {@code least}; may be positive infinity
 */
public record Bounds(double least, double greatest) {

  /** No bounds. */
  public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Checks the order. */
  public Bounds {
    if (!(least <= greatest)) {
      throw new IllegalArgumentException(
          "bounds: got %s to %s. The first must not exceed the second.".formatted(least, greatest));
    }
  }

  /** The tensor with every element moved to the nearest value within the bounds. NaN stays NaN. */
  public Tensor project(Tensor value) {
    return value.map(v -> Math.min(Math.max(v, least), greatest));
  }
}
