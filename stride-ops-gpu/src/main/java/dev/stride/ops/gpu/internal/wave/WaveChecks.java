package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.Optional;

/** What is checked before a shot is computed. */
final class WaveChecks {

  private WaveChecks() {}

  /**
   * Checks that every velocity is a positive number.
   *
   * @throws IllegalArgumentException if one is not; names the first
   */
  static void requirePositive(WaveGrid grid, Tensor velocity) {
    for (int node = 0; node < velocity.size(); node++) {
      double speed = velocity.at(node);
      if (!(speed > 0) || Double.isInfinite(speed)) {
        throw Wrong.argument(
            "`velocity` is %s m/s at node %s; every node needs a positive, finite speed. Check the"
                + " model or clip it.",
            speed, grid.node(node));
      }
    }
  }

  /**
   * Checks that the time step is stable: {@code dt^2 (v^2 M + s^2) <= 4} at every node, with {@code
   * M} the {@linkplain Stencil#largestEigenvalue largest eigenvalue} of the negative Laplacian.
   *
   * @throws IllegalArgumentException if it is not; names the largest stable step
   */
  static void requireStable(WaveProblem problem) {
    double largest = largestStableStep(problem);
    if (!(problem.timeStep() > 0) || problem.timeStep() > largest) {
      throw Wrong.argument(
          "`timeStep` is %s s, which is not stable: with the largest velocity %.6g m/s, spacing"
              + " %s m, order %d in %dD and this absorbing layer it must be positive and at"
              + " most %.6g s. Use a smaller step or a coarser grid.",
          problem.timeStep(),
          problem.velocity().max(),
          problem.grid().spacing(),
          problem.stencil().order(),
          problem.grid().dimensions(),
          roundedDown(largest));
    }
  }

  private static double roundedDown(double step) {
    double unit = Math.pow(10, Math.floor(Math.log10(step)) - 5);
    return Math.floor(step / unit) * unit;
  }

  /** The largest stable time step, in seconds. */
  static double largestStableStep(WaveProblem problem) {
    WaveGrid grid = problem.grid();
    double eigenvalue = problem.stencil().largestEigenvalue(grid.dimensions(), grid.spacing());
    double largest = 0;
    int node = 0;
    for (int z = 0; z < grid.planes(); z++) {
      for (int y = 0; y < grid.rows(); y++) {
        for (int x = 0; x < grid.columns(); x++) {
          double speed = problem.velocity().at(node++);
          double loss = problem.layer().at(z, y, x);
          largest = Math.max(largest, speed * speed * eigenvalue + loss * loss);
        }
      }
    }
    return 2 / Math.sqrt(largest);
  }

  /**
   * Checks that there is one wavelet a source, of the velocity's type.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireWavelets(WaveProblem problem, Tensor wavelets) {
    Shape shape = wavelets.shape();
    int sources = problem.sources().shape().extent(0);
    if (shape.rank() != 2 || shape.extent(0) != sources || shape.extent(1) == 0) {
      throw Wrong.argument(
          "`wavelets` has shape %s; expected [%d, time], one wavelet of at least one sample for"
              + " each of the `sources`. Stack or repeat them.",
          shape, sources);
    }
    if (wavelets.dataType() != problem.velocity().dataType()) {
      throw Wrong.argument(
          "`wavelets` is %s but `velocity` is %s. All tensors of a call have one type. Convert one"
              + " of them with Tensor.cast(DataType) before the call.",
          wavelets.dataType(), problem.velocity().dataType());
    }
  }

  /**
   * What to warn of if the grid is too coarse for the wavelets, see {@link
   * Stencil#fewestPointsPerWavelength}.
   */
  static Optional<CoarseSampling> coarseSampling(WaveProblem problem, Tensor wavelets) {
    double frequency = Spectrum.highestFrequency(wavelets, problem.timeStep());
    double slowest = problem.velocity().min();
    double points = slowest / (frequency * problem.grid().spacing());
    return points < problem.stencil().fewestPointsPerWavelength()
        ? Optional.of(new CoarseSampling(problem, frequency, slowest, points))
        : Optional.empty();
  }
}
