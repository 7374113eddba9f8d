package dev.stride.ops.std.internal.space;

/**
 * The sinc function under a Kaiser window that reaches 4 points, {@code sin(pi t) / (pi t) I0(b
 * sqrt(1 - (t / 4)^2)) / I0(b)} with b = 6.31, and its derivatives. Hicks (2002),
 * doi:10.1190/1.1451454, who found this b to be best for waves of up to half the Nyquist
 * wavenumber.
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

  /** The derivative of order 0, 1 or 2 at a distance, by the rule of Leibniz. */
  static double at(double t, int derivative) {
    return switch (derivative) {
      case 0 -> sinc(t, 0) * window(t, 0);
      case 1 -> sinc(t, 1) * window(t, 0) + sinc(t, 0) * window(t, 1);
      default ->
          sinc(t, 2) * window(t, 0) + 2 * sinc(t, 1) * window(t, 1) + sinc(t, 0) * window(t, 2);
    };
  }

  private static double sinc(double t, int derivative) {
    if (Math.abs(t) < SMALL) {
      return series(t, derivative);
    }
    double whole = Math.rint(t);
    double sign = whole % 2 == 0 ? 1 : -1;
    double sine = sign * Math.sin(Math.PI * (t - whole));
    double value = sine / (Math.PI * t);
    double slope = (sign * Math.cos(Math.PI * (t - whole)) - value) / t;
    return switch (derivative) {
      case 0 -> value;
      case 1 -> slope;
      default -> (-Math.PI * sine - 2 * slope) / t;
    };
  }

  /** {@code sum_k (-1)^k (pi t)^(2k) / (2k + 1)!}, differentiated term by term. */
  private static double series(double t, int derivative) {
    double sum = 0;
    double coefficient = 1;
    for (int k = 0; k < 14; k++) {
      int power = 2 * k;
      double factor =
          switch (derivative) {
            case 0 -> 1;
            case 1 -> power;
            default -> power * (power - 1.0);
          };
      if (factor != 0) {
        sum += coefficient * factor * Math.pow(t, power - derivative);
      }
      coefficient *= -Math.PI * Math.PI / ((power + 2.0) * (power + 3.0));
    }
    return sum;
  }

  /** With {@code q = b^2 (1 - (t / 4)^2)}, of which {@code I_m(sqrt q) / sqrt(q)^m} is analytic. */
  private static double window(double t, int derivative) {
    double q = SHAPE * SHAPE * (1 - t * t / (REACH * REACH));
    double slope = -SHAPE * SHAPE * t / (REACH * REACH);
    double bend = -SHAPE * SHAPE / (REACH * REACH);
    double value =
        switch (derivative) {
          case 0 -> bessel(0, q);
          case 1 -> bessel(1, q) * slope;
          default -> bessel(2, q) * slope * slope + bessel(1, q) * bend;
        };
    return value / AT_ZERO;
  }

  /** {@code I_m(z) / z^m} for {@code q = z^2}; its derivative by q is half that of the next m. */
  private static double bessel(int m, double q) {
    double term = m == 2 ? 1 / 8.0 : m == 1 ? 0.5 : 1;
    double sum = term;
    for (int k = 1; k < TERMS; k++) {
      term *= q / 4 / (k * (double) (k + m));
      sum += term;
    }
    return sum;
  }
}
