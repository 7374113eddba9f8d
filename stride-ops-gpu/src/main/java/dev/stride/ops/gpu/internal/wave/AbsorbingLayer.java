package dev.stride.ops.gpu.internal.wave;

/**
 * The damping profile {@code s} along the edges of a grid: zero inside, and rising as the square of
 * the depth in a layer on every side.
 *
 * <p>A wave of the reference speed that crosses the layer, is reflected by the edge of the grid and
 * comes back is weakened by {@code exp(-2 int s dx / v)}; the strength {@code s0 = 3 v ln(1/R) / (2
 * width h)} makes that the wanted remainder {@code R}. Profiles of the axes add up in corners. The
 * profile does not depend on the model.
 */
public final class AbsorbingLayer {

  private final double[][] ramps;
  private final int width;

  /**
   * Computes the profile.
   *
   * @param width nodes of the layer on each side; 0 for none
   * @param speed reference speed, metres a second
   */
  public AbsorbingLayer(WaveGrid grid, int width, double speed) {
    if (width < 0) {
      throw Wrong.argument(
          "`absorbing` is %d; expected the number of nodes of the layer, 0 for none. Give 20 or"
              + " more where echoes disturb.",
          width);
    }
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw Wrong.argument(
          "`referenceSpeed` is %s m/s; expected a positive number. Leave it out for 1500.", speed);
    }
    double strength = strength(width, speed, grid.spacing());
    this.width = width;
    ramps = new double[3][];
    ramps[0] = grid.dimensions() == 2 ? new double[1] : ramp(grid.planes(), width, strength);
    ramps[1] = ramp(grid.rows(), width, strength);
    ramps[2] = ramp(grid.columns(), width, strength);
  }

  private static double strength(int width, double speed, double spacing) {
    return width == 0 ? 0 : -1.5 * speed * Math.log(remainder(width)) / (width * spacing);
  }

  /**
   * What may come back from the edge of the grid: as much as the layer itself reflects. A layer of
   * few nodes rises steeply and reflects more, so there is no use in damping more.
   */
  static double remainder(int width) {
    return 1 / (1 + width * width / 10.0);
  }

  private static double[] ramp(int extent, int width, double strength) {
    double[] ramp = new double[extent];
    for (int i = 0; i < extent; i++) {
      int depth = Math.max(width - i, width - (extent - 1 - i));
      double share = depth <= 0 ? 0 : (double) depth / width;
      ramp[i] = strength * share * share;
    }
    return ramp;
  }

  /** The damping at a node, 1/s. */
  double at(int z, int y, int x) {
    return ramps[0][z] + ramps[1][y] + ramps[2][x];
  }

  /** Nodes of the layer on each side. */
  int width() {
    return width;
  }

  /** The part of the damping that an axis adds, 1/s: z, y, x. Not to be modified. */
  public double[] along(int axis) {
    return ramps[axis];
  }
}
