package dev.stride.ops.std.internal.fft;

/**
 * What lies between the transform of a real line of even length and that of the complex line half
 * as long, which has even samples as real parts and odd ones as imaginary parts.
 */
final class Halves {

  private Halves() {}

  /** Takes even samples to real parts and odd ones to imaginary parts. */
  static void split(Object x, int at, Rows z, int half) {
    if (x instanceof float[] from) {
      float[] re = (float[]) z.re();
      float[] im = (float[]) z.im();
      for (int j = 0; j < half; j++) {
        re[z.at() + j] = from[at + 2 * j];
        im[z.at() + j] = from[at + 2 * j + 1];
      }
    } else {
      double[] from = (double[]) x;
      double[] re = (double[]) z.re();
      double[] im = (double[]) z.im();
      for (int j = 0; j < half; j++) {
        re[z.at() + j] = from[at + 2 * j];
        im[z.at() + j] = from[at + 2 * j + 1];
      }
    }
  }

  /** The reverse of {@link #split}. */
  static void join(Rows z, Object y, int at, int half) {
    if (y instanceof float[] to) {
      float[] re = (float[]) z.re();
      float[] im = (float[]) z.im();
      for (int j = 0; j < half; j++) {
        to[at + 2 * j] = re[z.at() + j];
        to[at + 2 * j + 1] = im[z.at() + j];
      }
    } else {
      double[] to = (double[]) y;
      double[] re = (double[]) z.re();
      double[] im = (double[]) z.im();
      for (int j = 0; j < half; j++) {
        to[at + 2 * j] = re[z.at() + j];
        to[at + 2 * j + 1] = im[z.at() + j];
      }
    }
  }

  /**
   * The half spectrum {@code y[0..half]} of a real line from the transform {@code z} of its halves.
   *
   * @param turns {@code exp(-2 pi i k / (2 half))}
   * @param ends factor of {@code y[0]} and {@code y[half]}
   * @param middle factor of the others
   */
  static void toSpectrum(Rows z, Rows y, Rows turns, int half, double ends, double middle) {
    if (z.re() instanceof float[]) {
      toSpectrum(
          (float[]) z.re(),
          (float[]) z.im(),
          z.at(),
          (float[]) y.re(),
          (float[]) y.im(),
          y.at(),
          (float[]) turns.re(),
          (float[]) turns.im(),
          half,
          (float) ends,
          (float) (middle / 2));
    } else {
      toSpectrum(
          (double[]) z.re(),
          (double[]) z.im(),
          z.at(),
          (double[]) y.re(),
          (double[]) y.im(),
          y.at(),
          (double[]) turns.re(),
          (double[]) turns.im(),
          half,
          ends,
          middle / 2);
    }
  }

  /**
   * What the inverse transform takes to the halves of a real line with this half spectrum; the
   * imaginary parts of {@code x[0]} and {@code x[half]} are not read.
   *
   * @param turns {@code exp(-2 pi i k / (2 half))}
   * @param ends factor of {@code x[0]} and {@code x[half]}
   * @param middle factor of the others
   */
  static void fromSpectrum(Rows x, Rows z, Rows turns, int half, double ends, double middle) {
    if (x.re() instanceof float[]) {
      fromSpectrum(
          (float[]) x.re(),
          (float[]) x.im(),
          x.at(),
          (float[]) z.re(),
          (float[]) z.im(),
          z.at(),
          (float[]) turns.re(),
          (float[]) turns.im(),
          half,
          (float) ends,
          (float) middle);
    } else {
      fromSpectrum(
          (double[]) x.re(),
          (double[]) x.im(),
          x.at(),
          (double[]) z.re(),
          (double[]) z.im(),
          z.at(),
          (double[]) turns.re(),
          (double[]) turns.im(),
          half,
          ends,
          middle);
    }
  }

  private static void toSpectrum(
      float[] zr,
      float[] zi,
      int from,
      float[] yr,
      float[] yi,
      int to,
      float[] wr,
      float[] wi,
      int half,
      float ends,
      float middle) {
    float sum = zr[from] + zi[from];
    float difference = zr[from] - zi[from];
    yr[to] = ends * sum;
    yi[to] = 0;
    yr[to + half] = ends * difference;
    yi[to + half] = 0;
    for (int k = 1; k < half; k++) {
      float evenRe = zr[from + k] + zr[from + half - k];
      float evenIm = zi[from + k] - zi[from + half - k];
      float oddRe = zi[from + k] + zi[from + half - k];
      float oddIm = zr[from + half - k] - zr[from + k];
      yr[to + k] = middle * (evenRe + (wr[k] * oddRe - wi[k] * oddIm));
      yi[to + k] = middle * (evenIm + (wr[k] * oddIm + wi[k] * oddRe));
    }
  }

  private static void fromSpectrum(
      float[] xr,
      float[] xi,
      int from,
      float[] zr,
      float[] zi,
      int to,
      float[] wr,
      float[] wi,
      int half,
      float ends,
      float middle) {
    zr[to] = ends * (xr[from] + xr[from + half]);
    zi[to] = ends * (xr[from] - xr[from + half]);
    for (int k = 1; k < half; k++) {
      float evenRe = xr[from + k] + xr[from + half - k];
      float evenIm = xi[from + k] - xi[from + half - k];
      float differenceRe = xr[from + k] - xr[from + half - k];
      float differenceIm = xi[from + k] + xi[from + half - k];
      float oddRe = wr[k] * differenceRe + wi[k] * differenceIm;
      float oddIm = wr[k] * differenceIm - wi[k] * differenceRe;
      zr[to + k] = middle * (evenRe - oddIm);
      zi[to + k] = middle * (evenIm + oddRe);
    }
  }

  private static void toSpectrum(
      double[] zr,
      double[] zi,
      int from,
      double[] yr,
      double[] yi,
      int to,
      double[] wr,
      double[] wi,
      int half,
      double ends,
      double middle) {
    double sum = zr[from] + zi[from];
    double difference = zr[from] - zi[from];
    yr[to] = ends * sum;
    yi[to] = 0;
    yr[to + half] = ends * difference;
    yi[to + half] = 0;
    for (int k = 1; k < half; k++) {
      double evenRe = zr[from + k] + zr[from + half - k];
      double evenIm = zi[from + k] - zi[from + half - k];
      double oddRe = zi[from + k] + zi[from + half - k];
      double oddIm = zr[from + half - k] - zr[from + k];
      yr[to + k] = middle * (evenRe + (wr[k] * oddRe - wi[k] * oddIm));
      yi[to + k] = middle * (evenIm + (wr[k] * oddIm + wi[k] * oddRe));
    }
  }

  private static void fromSpectrum(
      double[] xr,
      double[] xi,
      int from,
      double[] zr,
      double[] zi,
      int to,
      double[] wr,
      double[] wi,
      int half,
      double ends,
      double middle) {
    zr[to] = ends * (xr[from] + xr[from + half]);
    zi[to] = ends * (xr[from] - xr[from + half]);
    for (int k = 1; k < half; k++) {
      double evenRe = xr[from + k] + xr[from + half - k];
      double evenIm = xi[from + k] - xi[from + half - k];
      double differenceRe = xr[from + k] - xr[from + half - k];
      double differenceIm = xi[from + k] + xi[from + half - k];
      double oddRe = wr[k] * differenceRe + wi[k] * differenceIm;
      double oddIm = wr[k] * differenceIm - wi[k] * differenceRe;
      zr[to + k] = middle * (evenRe - oddIm);
      zi[to + k] = middle * (evenIm + oddRe);
    }
  }
}
