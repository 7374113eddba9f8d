package dev.stride.ops.gpu.internal.signal;

/** A complex number. */
record Complex(double re, double im) {

  static Complex polar(double radius, double angle) {
    return new Complex(radius * Math.cos(angle), radius * Math.sin(angle));
  }

  Complex plus(Complex other) {
    return new Complex(re + other.re, im + other.im);
  }

  Complex minus(Complex other) {
    return new Complex(re - other.re, im - other.im);
  }

  Complex times(Complex other) {
    return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
  }

  Complex times(double factor) {
    return new Complex(re * factor, im * factor);
  }

  Complex div(Complex other) {
    double norm = other.re * other.re + other.im * other.im;
    return new Complex(
        (re * other.re + im * other.im) / norm, (im * other.re - re * other.im) / norm);
  }

  /** The root whose real part is not negative. */
  Complex sqrt() {
    double abs = abs();
    double real = Math.sqrt(Math.max(0, (abs + re) / 2));
    double imaginary = Math.sqrt(Math.max(0, (abs - re) / 2));
    return new Complex(real, im < 0 ? -imaginary : imaginary);
  }

  double abs() {
    return Math.hypot(re, im);
  }
}
