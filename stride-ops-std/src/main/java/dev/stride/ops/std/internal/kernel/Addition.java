package dev.stride.ops.std.internal.kernel;

/** What a sum adds up. */
@SuppressWarnings("ImmutableEnumChecker") // immutable but for what the virtual machine has compiled
enum Addition {
  /** The terms. */
  TERMS(1),
  /** The squares of the terms, which are rounded to float64. */
  SQUARES(2),
  /** The products of terms of two runs, which are rounded to float64. */
  PRODUCTS(3),
  /** The squares in float64 of what terms are more than a centre, rounded to their type. */
  DEVIATIONS(3);

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

  /** What is added for the term {@code x[i]}, to which {@code y[j]} belongs. */
  double of(Object x, int i, Object y, int j) {
    double term = HeapArray.get(x, i);
    return switch (this) {
      case TERMS -> term;
      case SQUARES -> term * term;
      case PRODUCTS -> term * HeapArray.get(y, j);
      case DEVIATIONS -> squared(rounded(term - HeapArray.get(y, j), x));
    };
  }

  /** Differences of float32 numbers are the same whether float64 is on the way or not. */
  private static double rounded(double difference, Object array) {
    return array instanceof float[] ? (float) difference : difference;
  }

  private static double squared(double x) {
    return x * x;
  }
}
