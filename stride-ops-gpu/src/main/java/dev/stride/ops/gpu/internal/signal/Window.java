package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The windows of signal processing, as F. J. Harris (1978) and SciPy define them, symmetric. */
final class Window {

  /** Names of the kinds. */
  static final List<String> KINDS =
      List.of("hann", "hamming", "blackman", "bartlett", "tukey", "kaiser", "gaussian");

  private static final double TUKEY_TAPER = 0.5;
  private static final double KAISER_BETA = 8.6;

  private Window() {}

  /**
   * The weights of a call, checked.
   *
   * @param length number of weights
   */
  static double[] of(OperatorCall call, int length) {
    String kind = call.has("kind") ? call.value("kind", String.class) : "hann";
    double[] weights = new double[length];
    IntToDoubleFunction window = window(call, kind, length);
    Arrays.setAll(weights, n -> length == 1 ? 1 : window.applyAsDouble(n));
    return weights;
  }

  private static IntToDoubleFunction window(OperatorCall call, String kind, int length) {
    return switch (kind) {
      case "hann" -> cosines(length, 0.5, 0.5);
      case "hamming" -> cosines(length, 0.54, 0.46);
      case "blackman" -> cosines(length, 0.42, 0.5, 0.08);
      case "bartlett" -> n -> 1 - Math.abs(2.0 * n / (length - 1) - 1);
      case "tukey" -> tukey(length, shape(call, TUKEY_TAPER, 1));
      case "kaiser" -> kaiser(length, shape(call, KAISER_BETA, 700));
      case "gaussian" -> {
        double deviation = shape(call, length / 6.0, Double.MAX_VALUE);
        yield n -> Math.exp(-0.5 * Math.pow((n - (length - 1) / 2.0) / deviation, 2));
      }
      default ->
          throw Operands.wrong(
              call, "`kind` is \"" + kind + "\"; it must be one of " + KINDS + ". Choose one.");
    };
  }

  private static double shape(OperatorCall call, double fallback, double largest) {
    double shape = call.number("shape", fallback);
    if (!(shape > 0) || shape > largest) {
      throw Operands.wrong(
          call,
          "`shape` is "
              + shape
              + "; for this window it must be above 0 and not above "
              + largest
              + ". Leave it out for "
              + fallback
              + ".");
    }
    return shape;
  }

  private static IntToDoubleFunction cosines(int length, double... terms) {
    return n -> {
      double sum = 0;
      for (int k = 0; k < terms.length; k++) {
        double cos = Math.cos(2 * Math.PI * k * n / (length - 1));
        sum += (k % 2 == 0 ? terms[k] : -terms[k]) * cos;
      }
      return sum;
    };
  }

  private static IntToDoubleFunction tukey(int length, double taper) {
    double edge = taper * (length - 1) / 2;
    return n -> {
      double fromEnd = Math.min(n, length - 1 - n);
      return fromEnd >= edge ? 1 : 0.5 * (1 - Math.cos(Math.PI * fromEnd / edge));
    };
  }

  private static IntToDoubleFunction kaiser(int length, double beta) {
    return n -> {
      double x = 2.0 * n / (length - 1) - 1;
      return Bessel.i0(beta * Math.sqrt(Math.max(0, 1 - x * x))) / Bessel.i0(beta);
    };
  }
}
