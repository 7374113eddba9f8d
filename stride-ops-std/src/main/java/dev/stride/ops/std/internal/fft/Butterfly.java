package dev.stride.ops.std.internal.fft;

import dev.stride.ops.std.internal.fft.PassCode.Complex;
import dev.stride.ops.std.internal.fft.PassCode.Value;
import java.util.ArrayList;
import java.util.List;

/** The arithmetic of a Fourier transform of a small length, written out number by number. */
final class Butterfly {

  private final PassCode code;

  Butterfly(PassCode code) {
    this.code = code;
  }

  /** {@code y[k] = sum_j exp(-2 pi i j k / n) x[j]}. */
  List<Complex> transform(List<Complex> x) {
    int n = x.size();
    int factor = smallestFactor(n);
    if (n <= 2) {
      return n < 2 ? x : List.of(sum(x.get(0), x.get(1)), difference(x.get(0), x.get(1)));
    }
    return factor == n ? ofPrime(x) : ofProduct(x, n == 8 ? 4 : factor);
  }

  private static int smallestFactor(int n) {
    int factor = 2;
    while (factor < n && n % factor != 0) {
      factor++;
    }
    return factor;
  }

  /** Cooley and Tukey: {@code first} rows' transforms, factors, transforms across. */
  private List<Complex> ofProduct(List<Complex> x, int first) {
    int n = x.size();
    int second = n / first;
    List<List<Complex>> parts = new ArrayList<>();
    for (int j = 0; j < second; j++) {
      List<Complex> part = new ArrayList<>();
      for (int i = 0; i < first; i++) {
        part.add(x.get(second * i + j));
      }
      parts.add(transform(part));
    }
    Complex[] y = new Complex[n];
    for (int k = 0; k < first; k++) {
      List<Complex> across = new ArrayList<>();
      for (int j = 0; j < second; j++) {
        across.add(turned(parts.get(j).get(k), j * k, n));
      }
      List<Complex> done = transform(across);
      for (int m = 0; m < second; m++) {
        y[k + first * m] = done.get(m);
      }
    }
    return List.of(y);
  }

  /** Real parts from sums, imaginary parts from differences of what lies symmetrically. */
  private List<Complex> ofPrime(List<Complex> x) {
    int n = x.size();
    int half = n / 2;
    List<Complex> sums = new ArrayList<>();
    List<Complex> differences = new ArrayList<>();
    Complex all = x.getFirst();
    for (int j = 1; j <= half; j++) {
      sums.add(sum(x.get(j), x.get(n - j)));
      differences.add(difference(x.get(j), x.get(n - j)));
      all = sum(all, sums.getLast());
    }
    Complex[] y = new Complex[n];
    y[0] = all;
    for (int k = 1; k <= half; k++) {
      Complex even = x.getFirst();
      Complex odd = times(differences.getFirst(), UnitRoots.sin(k, n));
      for (int j = 1; j <= half; j++) {
        int angle = j * k % n;
        even = add(sums.get(j - 1), UnitRoots.cos(angle, n), even);
        odd = j == 1 ? odd : add(differences.get(j - 1), UnitRoots.sin(angle, n), odd);
      }
      y[k] = sum(even, timesMinusI(odd));
      y[n - k] = difference(even, timesMinusI(odd));
    }
    return List.of(y);
  }

  /** A number times {@code exp(-2 pi i k / n)}; eighths of a turn take fewer steps. */
  private Complex turned(Complex x, int k, int n) {
    int angle = k % n;
    if (4 * angle >= n) {
      return turned4(x, 4 * angle, n);
    }
    if (angle == 0) {
      return x;
    }
    double cos = UnitRoots.cos(angle, n);
    if (8 * angle == n) {
      return new Complex(
          code.product(code.sum(x.re(), x.im()), cos),
          code.product(code.sum(x.im(), x.re().negated()), cos));
    }
    double sin = UnitRoots.sin(angle, n);
    return new Complex(
        code.multiplyAdd(x.im(), sin, code.product(x.re(), cos)),
        code.multiplyAdd(x.re(), -sin, code.product(x.im(), cos)));
  }

  private Complex turned4(Complex x, int angle4, int n) {
    Complex quarter = timesMinusI(x);
    int rest = angle4 - n;
    return rest % 4 == 0 ? turned(quarter, rest / 4, n) : turned(quarter, rest, 4 * n);
  }

  private Complex sum(Complex a, Complex b) {
    return new Complex(code.sum(a.re(), b.re()), code.sum(a.im(), b.im()));
  }

  private Complex difference(Complex a, Complex b) {
    return new Complex(code.sum(a.re(), b.re().negated()), code.sum(a.im(), b.im().negated()));
  }

  private Complex times(Complex a, double number) {
    return new Complex(code.product(a.re(), number), code.product(a.im(), number));
  }

  private Complex add(Complex a, double number, Complex to) {
    return new Complex(
        code.multiplyAdd(a.re(), number, to.re()), code.multiplyAdd(a.im(), number, to.im()));
  }

  private static Complex timesMinusI(Complex x) {
    Value negative = x.re().negated();
    return new Complex(x.im(), negative);
  }
}
