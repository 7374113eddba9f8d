package dev.stride.ops.std.internal.fft;

/** What lies between a whole spectrum of odd length and its half. */
final class OddHalves {

  private OddHalves() {}

  /**
   * The first half of a spectrum {@code z}, times {@code ends} at 0 and {@code middle} elsewhere.
   */
  static void toSpectrum(Rows z, Rows y, int length, double ends, double middle) {
    for (int k = 0; k <= length / 2; k++) {
      double factor = k == 0 ? ends : middle;
      set(y.re(), y.at() + k, factor * get(z.re(), z.at() + k));
      set(y.im(), y.at() + k, k == 0 ? 0 : factor * get(z.im(), z.at() + k));
    }
  }

  /** The spectrum of a real line whose first half this is, after the same factors. */
  static void fromSpectrum(Rows x, Rows z, int length, double ends, double middle) {
    for (int k = 0; k <= length / 2; k++) {
      double re = (k == 0 ? ends : middle) * get(x.re(), x.at() + k);
      double im = k == 0 ? 0 : middle * get(x.im(), x.at() + k);
      set(z.re(), z.at() + k, re);
      set(z.im(), z.at() + k, im);
      if (k > 0) {
        set(z.re(), z.at() + length - k, re);
        set(z.im(), z.at() + length - k, -im);
      }
    }
  }

  private static double get(Object array, int i) {
    return array instanceof float[] floats ? floats[i] : ((double[]) array)[i];
  }

  private static void set(Object array, int i, double value) {
    if (array instanceof float[] floats) {
      floats[i] = (float) value;
    } else {
      ((double[]) array)[i] = value;
    }
  }
}
