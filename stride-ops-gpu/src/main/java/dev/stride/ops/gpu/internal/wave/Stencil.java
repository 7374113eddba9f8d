package dev.stride.ops.gpu.internal.wave;

/**
 * The central difference of the second derivative of an even order, 2 to 10.
 *
 * <p>With radius {@code r = order / 2}, the weight at distance {@code n} is {@code 2 (-1)^(n+1)
 * (r!)^2 / (n^2 (r-n)! (r+n)!)}, and the weight at 0 makes the sum vanish.
 *
 * @param order order of accuracy in space
 */
public record Stencil(int order) {

  /** The order that is used where none is given. */
  static final int DEFAULT_ORDER = 10;

  private static final int LARGEST_ORDER = 10;
  private static final double TOLERATED_SPEED_ERROR = 0.01;

  /** Checks the order. */
  public Stencil {
    if (order < 2 || order > LARGEST_ORDER || order % 2 != 0) {
      throw Wrong.argument(
          "`order` is %d; expected 2, 4, 6, 8 or 10. Leave it out for %d.", order, DEFAULT_ORDER);
    }
  }

  /** Nodes that it reaches to each side. */
  int radius() {
    return order / 2;
  }

  /** Weights at distances 0 to {@link #radius()} for a spacing of 1 and one dimension. */
  double[] weights() {
    int radius = radius();
    double[] weights = new double[radius + 1];
    double ratio = 1;
    for (int n = 1; n <= radius; n++) {
      ratio *= (double) (radius - n + 1) / (radius + n);
      weights[n] = (n % 2 == 1 ? 2 : -2) * ratio / ((double) n * n);
      weights[0] -= 2 * weights[n];
    }
    return weights;
  }

  /** What the kernels take: the weights over {@code h^2}, the one at 0 for all dimensions. */
  double[] coefficients(int dimensions, double spacing) {
    double[] coefficients = weights();
    coefficients[0] *= dimensions;
    for (int n = 0; n < coefficients.length; n++) {
      coefficients[n] /= spacing * spacing;
    }
    return coefficients;
  }

  /** A bound on the eigenvalues of the negative Laplacian, reached on large grids. */
  double largestEigenvalue(int dimensions, double spacing) {
    double[] weights = weights();
    double sum = Math.abs(weights[0]);
    for (int n = 1; n < weights.length; n++) {
      sum += 2 * Math.abs(weights[n]);
    }
    return dimensions * sum / (spacing * spacing);
  }

  /**
   * The points per wavelength at which a wave along an axis travels 1 % too slowly because of the
   * differences in space: 12.8, 5.3, 3.9, 3.4 and 3.1 for orders 2 to 10. Fewer are too few.
   */
  double fewestPointsPerWavelength() {
    double fine = 64;
    double coarse = 2;
    while (fine - coarse > 1e-6) {
      double middle = (fine + coarse) / 2;
      if (speedError(middle) > TOLERATED_SPEED_ERROR) {
        coarse = middle;
      } else {
        fine = middle;
      }
    }
    return fine;
  }

  /** How much too slow, relatively, a wave with so many points per wavelength is along an axis. */
  double speedError(double pointsPerWavelength) {
    double phase = 2 * Math.PI / pointsPerWavelength;
    double[] weights = weights();
    double symbol = weights[0];
    for (int n = 1; n < weights.length; n++) {
      symbol += 2 * weights[n] * Math.cos(n * phase);
    }
    return 1 - Math.sqrt(-symbol) / phase;
  }
}
