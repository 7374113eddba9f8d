package dev.stride.ops.std.internal.kernel;

/** What a sum adds up. */
@SuppressWarnings("ImmutableEnumChecker") // immutable but for what the virtual machine has compiled
enum Addition {
  /** The terms. */
  TERMS(1),
  /** The squares of the terms, which are rounded to float64. */
  SQUARES(2),
  /** The products of terms of two runs, which are rounded to float64. */
  PRODUCTS(3);

  private final int steps;
  private final WarmUp floats = new WarmUp();
  private final WarmUp doubles = new WarmUp();

  Addition(int steps) {
    this.steps = steps;
  }

  /** Operations on a vector of float64 numbers, apart from conversions. */
  int steps() {
    return steps;
  }

  /** Whether vector code for arrays of this type is compiled. */
  WarmUp warmUp(Object array) {
    return array instanceof float[] ? floats : doubles;
  }

  /** What is added for one term, or a term of each of two runs. */
  double of(double x, double y) {
    return this == TERMS ? x : x * y;
  }
}
