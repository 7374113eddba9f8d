package dev.stride.cli.pictures;

/** Colours for numbers from 0 to 1. What lies outside gets the colour of the nearer end. */
public enum ColourMap {

  /**
   * Viridis: dark blue over green to yellow, with even steps of brightness. For quantities that
   * have no special middle. Polynomial fit by M. Zucker (public domain).
   */
  VIRIDIS {
    @Override
    int inside(double position) {
      return rgb(
          polynomial(RED, position), polynomial(GREEN, position), polynomial(BLUE, position));
    }
  },

  /**
   * Blue over white to red, after ColorBrewer's RdBu. For differences and for waves: the middle is
   * white, both signs are equally strong.
   */
  BLUE_WHITE_RED {
    @Override
    int inside(double position) {
      double scaled = position * (ANCHORS.length - 1);
      int left = Math.min((int) scaled, ANCHORS.length - 2);
      double part = scaled - left;
      return rgb(
          mixed(left, 16, part) / 255, mixed(left, 8, part) / 255, mixed(left, 0, part) / 255);
    }
  };

  private static final double[] RED = {
    0.2777273272,
    0.1050930431,
    -0.3308618287,
    -4.6342304990,
    6.2282699363,
    4.7763849977,
    -5.4354558559
  };
  private static final double[] GREEN = {
    0.0054073445,
    1.4046135299,
    0.2148475595,
    -5.7991009734,
    14.1799333668,
    -13.7451453777,
    4.6458526122
  };
  private static final double[] BLUE = {
    0.3340998053,
    1.3845901626,
    0.0950951630,
    -19.3324409563,
    56.6905526007,
    -65.3530326334,
    26.3124352496
  };
  private static final int[] ANCHORS = {
    0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d,
    0xb2182b, 0x67001f
  };
  private static final int MISSING = 0x808080;

  /** The colour as 0xRRGGBB; grey for NaN. */
  public int at(double position) {
    return Double.isNaN(position) ? MISSING : inside(Math.clamp(position, 0, 1));
  }

  abstract int inside(double position);

  private static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      value = value * x + coefficients[i];
    }
    return value;
  }

  private static double mixed(int left, int shift, double part) {
    int from = ANCHORS[left] >> shift & 0xff;
    int to = ANCHORS[left + 1] >> shift & 0xff;
    return from + part * (to - from);
  }

  private static int rgb(double red, double green, double blue) {
    return channel(red) << 16 | channel(green) << 8 | channel(blue);
  }

  private static int channel(double share) {
    return (int) Math.round(255 * Math.clamp(share, 0, 1));
  }
}
