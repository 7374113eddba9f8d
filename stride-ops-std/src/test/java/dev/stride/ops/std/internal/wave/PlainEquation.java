package dev.stride.ops.std.internal.wave;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * The discrete equation written out node by node in float64, as slow and as plain as can be: what
 * the real thing is compared with.
 */
final class PlainEquation {

  private final WaveProblem problem;
  private final int[] extents;

  PlainEquation(WaveProblem problem) {
    this.problem = problem;
    WaveGrid grid = problem.grid();
    this.extents = new int[] {grid.planes(), grid.rows(), grid.columns()};
  }

  Tensor forward(Tensor wavelets) {
    int samples = wavelets.shape().extent(1);
    int receivers = problem.receivers().shape().extent(0);
    int nodes = problem.grid().shape().size();
    double dt = problem.timeStep();
    double[] old = new double[nodes];
    double[] now = new double[nodes];
    double[] traces = new double[receivers * samples];
    for (int n = 0; n < samples; n++) {
      for (int receiver = 0; receiver < receivers; receiver++) {
        for (int node = 0; node < nodes; node++) {
          traces[receiver * samples + n] += weight(problem.receivers(), receiver, node) * now[node];
        }
      }
      double[] next = new double[nodes];
      for (int node = 0; node < nodes; node++) {
        double s = problem.layer().at(z(node), y(node), x(node));
        double v = problem.velocity().at(node);
        double force = laplacian(now, node) + source(wavelets, n, node);
        double right = (2 - s * s * dt * dt) * now[node] - (1 - s * dt) * old[node];
        next[node] = (right + dt * dt * v * v * force) / (1 + s * dt);
      }
      old = now;
      now = next;
    }
    return Tensor.of(Shape.of(receivers, samples), traces);
  }

  private double source(Tensor wavelets, int n, int node) {
    double sum = 0;
    double volume = Math.pow(problem.grid().spacing(), problem.grid().dimensions());
    for (int k = 0; k < problem.sources().shape().extent(0); k++) {
      sum += weight(problem.sources(), k, node) * wavelets.get(k, n) / volume;
    }
    return sum;
  }

  private double laplacian(double[] p, int node) {
    double h = problem.grid().spacing();
    double[] weights = problem.stencil().weights();
    int[] at = {z(node), y(node), x(node)};
    double sum = 0;
    for (int axis = 3 - problem.grid().dimensions(); axis < 3; axis++) {
      sum += weights[0] * p[node];
      for (int n = 1; n < weights.length; n++) {
        sum += weights[n] * (shifted(p, at, axis, -n) + shifted(p, at, axis, n));
      }
    }
    return sum / (h * h);
  }

  private double shifted(double[] p, int[] at, int axis, int by) {
    int[] there = at.clone();
    there[axis] += by;
    if (there[axis] < 0 || there[axis] >= extents[axis]) {
      return 0;
    }
    return p[(there[0] * extents[1] + there[1]) * extents[2] + there[2]];
  }

  /** The product of hat functions: what bilinear and trilinear interpolation is. */
  private double weight(Tensor points, int point, int node) {
    int[] at = {z(node), y(node), x(node)};
    int dimensions = problem.grid().dimensions();
    double weight = 1;
    for (int axis = 0; axis < dimensions; axis++) {
      double position = points.get(point, axis) / problem.grid().spacing();
      weight *= Math.max(0, 1 - Math.abs(position - at[axis + 3 - dimensions]));
    }
    return weight;
  }

  private int x(int node) {
    return node % extents[2];
  }

  private int y(int node) {
    return node / extents[2] % extents[1];
  }

  private int z(int node) {
    return node / extents[2] / extents[1];
  }
}
