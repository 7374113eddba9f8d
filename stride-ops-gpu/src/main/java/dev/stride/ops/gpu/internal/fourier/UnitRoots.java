package dev.stride.ops.gpu.internal.fourier;

/** Roots of unity, each to the last bit or two: angles are brought into the first octant first. */
final class UnitRoots {

  private UnitRoots() {}

  /** {@code cos(2 pi k / n)} for {@code 0 <= k < n}. */
  static double cos(long k, long n) {
    if (2 * k > n) {
      return cos(n - k, n);
    }
    if (4 * k > n) {
      return -cosOfQuarter(n - 2 * k, 2 * n);
    }
    return cosOfQuarter(k, n);
  }

  /** {@code sin(2 pi k / n)} for {@code 0 <= k < n}. */
  static double sin(long k, long n) {
    if (2 * k > n) {
      return -sin(n - k, n);
    }
    if (4 * k > n) {
      return sinOfQuarter(n - 2 * k, 2 * n);
    }
    return sinOfQuarter(k, n);
  }

  private static double cosOfQuarter(long k, long n) {
    return 8 * k > n ? Math.sin(2 * Math.PI * (n - 4 * k) / (4.0 * n)) : exactCos(k, n);
  }

  private static double sinOfQuarter(long k, long n) {
    return 8 * k > n ? exactCos(n - 4 * k, 4 * n) : Math.sin(2 * Math.PI * k / n);
  }

  private static double exactCos(long k, long n) {
    return Math.cos(2 * Math.PI * k / n);
  }
}
