package dev.stride.ops.gpu.internal.wave;

import java.util.Locale;

/**
 * The finding that a grid is too coarse for the waves in it.
 *
 * @param frequency the wavelets' highest, at -20 dB, in hertz
 * @param slowest the smallest velocity, metres a second
 * @param points points per wavelength at both
 */
record CoarseSampling(WaveProblem problem, double frequency, double slowest, double points) {

  /** What one warning is enough for: order, spacing, and the octave of the frequency. */
  String discretisation() {
    long octave = Math.round(Math.log(frequency) / Math.log(2));
    return problem.stencil().order() + " " + problem.grid().spacing() + " " + octave;
  }

  /** The warning. */
  String text() {
    double needed = problem.stencil().fewestPointsPerWavelength();
    return String.format(
        Locale.ROOT,
        "stride.acoustic-wave: %.2f points per wavelength at the wavelets' -20 dB frequency of %.4g"
            + " Hz and the smallest velocity of %.5g m/s; order %d needs %.1f for phase speeds"
            + " within 1 %%. Use a spacing of at most %.3g m, a higher order, or lower"
            + " frequencies.",
        points,
        frequency,
        slowest,
        problem.stencil().order(),
        needed,
        slowest / (frequency * needed));
  }
}
