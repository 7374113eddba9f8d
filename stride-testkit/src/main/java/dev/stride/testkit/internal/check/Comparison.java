package dev.stride.testkit.internal.check;

import dev.stride.testkit.PortFigures;
import java.util.List;

/**
 * The derivative and the adjoint's idea of it over several probes, for one input and one output.
 *
 * @param derivative by differences or by the tangent
 * @param adjoint by the adjoint
 * @param norm product of norms, over all probes: what errors are relative to
 * @param estimate uncertainty of the derivative, over all probes
 */
record Comparison(double[] derivative, double[] adjoint, double norm, double estimate) {

  static double rss(double... terms) {
    double sum = 0;
    for (double term : terms) {
      sum += term * term;
    }
    return Math.sqrt(sum);
  }

  double difference() {
    double sum = 0;
    for (int i = 0; i < derivative.length; i++) {
      sum += (derivative[i] - adjoint[i]) * (derivative[i] - adjoint[i]);
    }
    return Math.sqrt(sum);
  }

  /** Relative error; 0 if nothing depends on anything. */
  double error() {
    double difference = difference();
    return difference == 0 ? 0 : difference / Math.max(norm, Double.MIN_NORMAL);
  }

  double factor() {
    double cross = 0;
    double square = 0;
    for (int i = 0; i < derivative.length; i++) {
      cross += derivative[i] * adjoint[i];
      square += derivative[i] * derivative[i];
    }
    return square == 0 ? Double.NaN : cross / square;
  }

  /** Relative error that is left after fitting the factor. */
  double fit() {
    double factor = factor();
    double sum = 0;
    for (int i = 0; i < derivative.length; i++) {
      double left = adjoint[i] - factor * derivative[i];
      sum += left * left;
    }
    return Math.sqrt(sum) / Math.max(rss(derivative), Double.MIN_NORMAL);
  }

  PortFigures figures(String input, String output, int worst) {
    return new PortFigures(input, output, error(), factor(), fit(), worst);
  }

  static double worst(List<PortFigures> ports) {
    return ports.stream().mapToDouble(PortFigures::error).max().orElse(0);
  }
}
