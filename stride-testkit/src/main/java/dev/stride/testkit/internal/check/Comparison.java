package dev.stride.testkit.internal.check;

import dev.stride.testkit.PortFigures;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.List;

/**
 * The derivative and the adjoint's idea of it over several probes, for one input and one output.
 *
 * @param derivative by differences or by the tangent
 * @param adjoint by the adjoint
 * @param norm product of norms, over all probes: what errors are relative to
 * @param estimate uncertainty of the derivative, over all probes
 */
record Comparison(Vec derivative, Vec adjoint, double norm, double estimate) {

  static double rss(double... terms) {
    return Vec.of(terms).norm();
  }

  double difference() {
    return derivative.minus(adjoint).norm();
  }

  /** Relative error; 0 if nothing depends on anything. */
  double error() {
    double difference = difference();
    return difference == 0 ? 0 : difference / Math.max(norm, Double.MIN_NORMAL);
  }

  double factor() {
    double square = derivative.dot(derivative);
    return square == 0 ? Double.NaN : derivative.dot(adjoint) / square;
  }

  /** Relative error that is left after fitting the factor. */
  double fit() {
    double left = adjoint.plus(-factor(), derivative).norm();
    return left / Math.max(derivative.norm(), Double.MIN_NORMAL);
  }

  PortFigures figures(String input, String output, int worst) {
    return new PortFigures(input, output, error(), factor(), fit(), worst);
  }

  static double worst(List<PortFigures> ports) {
    return ports.stream().mapToDouble(PortFigures::error).max().orElse(0);
  }
}
