package dev.stride.ops.std.internal.operator;

import dev.stride.api.Weight;

/** Decides from the amount of work whether a call is worth a thread of its own. */
public final class Work {

  /** Element-wise steps that take about as long as handing a call to another thread. */
  private static final long CHEAP = 1 << 13;

  private Work() {}

  /**
   * The weight of a call.
   *
   * @param elements elements touched
   * @param steps simple arithmetic steps an element takes
   */
  public static Weight weight(long elements, long steps) {
    return elements * steps <= CHEAP ? Weight.CHEAP : Weight.COMPUTE;
  }
}
