package dev.stride.testkit;

import java.util.Locale;

/**
 * How the adjoint compares with the derivative for one input and one output.
 *
 * @param input path of the input
 * @param output path of the output; {@code *} if all were taken together
 * @param error relative error, normalised by norms
 * @param factor the number that fits best in {@code adjoint = factor * derivative}; 1 if right, NaN
 *     if the derivative is zero
 * @param fit relative error that remains after that fit
 * @param worst row-major index of the input's element that is most wrong; -1 if unknown
 */
public record PortFigures(
    String input, String output, double error, double factor, double fit, int worst) {

  /** Neither the output nor the gradient depends on the input here. */
  public static PortFigures vacuous(String input, String output) {
    return new PortFigures(input, output, 0, Double.NaN, 0, -1);
  }

  /** Whether there was nothing to compare: neither the output nor the gradient depends. */
  public boolean isVacuous() {
    return Double.isNaN(factor) && error == 0;
  }

  /** What the factor says: {@code sign flipped}, {@code 2 times too large}; empty if nothing. */
  public String diagnosis() {
    if (!(fit <= 1e-6) || Math.abs(factor - 1) < 1e-6) {
      return "";
    }
    if (Math.abs(factor + 1) < 1e-6) {
      return "sign flipped";
    }
    return Math.abs(factor) < 1e-9
        ? "zero, but the derivative is not"
        : String.format(Locale.ROOT, "%.6g times the right gradient", factor);
  }

  @Override
  public String toString() {
    if (isVacuous()) {
      return input + " <- " + output + ": no dependence here";
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s <- %s: error %.2e, best factor %.6g (left %.1e)",
            input,
            output,
            error,
            factor,
            fit);
    String place = worst < 0 ? "" : ", worst at " + worst;
    return text + place + (diagnosis().isEmpty() ? "" : ": " + diagnosis());
  }
}
