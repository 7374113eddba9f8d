package dev.stride.ops.gpu.internal.space;

/**
 * The sinc function under a Kaiser window that reaches 4 points, {@code sin(pi t) / (pi t) I0(b
 * sqrt(1 - (t / 4)^2)) / I0(b)} with b = 6.31, and its slope. Hicks (2002), doi:10.1190/1.1451454,
 * who found this b to be best for waves of up to half the Nyquist wavenumber.
 */
final class WindowedSinc {

  /** Points on each side. */
  static final int REACH = 4;

  private static final double SHAPE = 6.31;
  private static final int TERMS = 40;

  /** Below this distance the sinc function is summed as a series. */
  private static final double SMALL = 0.4;

  private static final double AT_ZERO = bessel(0, SHAPE * SHAPE);

  private WindowedSinc() {}

  static double value(double t) {
    return sinc(t) * window(t);
  }

  static double slope(double t) {
    return sincSlope(t) * window(t) + sinc(t) * windowSlope(t);
  }

  private static double sinc(double t) {
    return Math.abs(t) < SMALL ? series(t, false) : sine(t) / (Math.PI * t);
  }

  private static double sincSlope(double t) {
    if (Math.abs(t) < SMALL) {
      return series(t, true);
    }
    double whole = Math.rint(t);
    return (sign(whole) * Math.cos(Math.PI * (t - whole)) - sine(t) / (Math.PI * t)) / t;
  }

  /** Exactly 0 at whole numbers. */
  private static double sine(double t) {
    double whole = Math.rint(t);
    return sign(whole) * Math.sin(Math.PI * (t - whole));
  }

  private static double sign(double whole) {
    return whole % 2 == 0 ? 1 : -1;
  }

  /** {@code sum_k (-1)^k (pi t)^(2k) / (2k + 1)!}, or its slope, term by term. */
  private static double series(double t, boolean slope) {
    double sum = slope ? 0 : 1;
    double coefficient = 1;
    for (int power = 2; power < 28; power += 2) {
      coefficient *= -Math.PI * Math.PI / (power * (power + 1.0));
      sum += coefficient * (slope ? power * Math.pow(t, power - 1) : Math.pow(t, power));
    }
    return sum;
  }

  private static double window(double t) {
    return bessel(0, inside(t)) / AT_ZERO;
  }

  private static double windowSlope(double t) {
    return bessel(1, inside(t)) * (-SHAPE * SHAPE * t / (REACH * REACH)) / AT_ZERO;
  }

  /** {@code q = b^2 (1 - (t / 4)^2)}, of which {@code I_m(sqrt q) / sqrt(q)^m} is analytic. */
  private static double inside(double t) {
    return SHAPE * SHAPE * (1 - t * t / (REACH * REACH));
  }

  /** {@code I_m(z) / z^m} for {@code q = z^2}; its slope by q is half that of the next m. */
  private static double bessel(int m, double q) {
    double term = m == 1 ? 0.5 : 1;
    double sum = term;
    for (int k = 1; k < TERMS; k++) {
      term *= q / 4 / (k * (double) (k + m));
      sum += term;
    }
    return sum;
  }
}
