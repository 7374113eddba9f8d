package dev.stride.ops.gpu.internal.signal;

/**
 * A recursive filter of second order: {@code y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] -
 * a2 y[n-2]}.
 */
record Section(double b0, double b1, double b2, double a1, double a2) {

  /** This section scaled so that its magnitude at an angular frequency, in radians, is 1. */
  Section normalisedAt(double angle) {
    double gain = 1 / response(angle).abs();
    return new Section(gain * b0, gain * b1, gain * b2, a1, a2);
  }

  /** The response at an angular frequency in radians a sample. */
  Complex response(double angle) {
    Complex one = new Complex(1, 0);
    Complex z1 = Complex.polar(1, -angle);
    Complex z2 = Complex.polar(1, -2 * angle);
    Complex above = one.times(b0).plus(z1.times(b1)).plus(z2.times(b2));
    return above.div(one.plus(z1.times(a1)).plus(z2.times(a2)));
  }
}
