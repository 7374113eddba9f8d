package dev.stride.ops.gpu.internal.signal;

/** Bessel functions that windows are made of. */
final class Bessel {

  private Bessel() {}

  /** The modified Bessel function of the first kind and order 0, by its power series. */
  static double i0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
