package dev.stride.ops.std.internal.fft;

/** What the results of a {@link Pass} are multiplied by. */
enum Factors {
  /** Nothing. */
  NONE,

  /**
   * A number for each row, {@code w(p, k)} at {@code (r - 1) p + k - 1}; {@code w(p, 0)} is 1. For
   * radix 1 {@code w(p, 0)} at {@code p}.
   */
  OF_ROWS,

  /** A number for each element, in rows as those of the result. */
  OF_ELEMENTS
}
