package dev.stride.cli.model;

/** Carries a map of the speed of sound over to another grid. */
public final class Resampling {

  private Resampling() {}

  /**
   * The map on another grid, by bilinear interpolation; points outside the map take the value at
   * its edge.
   */
  public static SpeedModel bilinear(SpeedModel model, Grid to) {
    Grid from = model.grid();
    float[] values = new float[to.size()];
    for (int row = 0; row < to.ny(); row++) {
      double i = inside((to.y(row) - from.originY()) / from.spacing(), from.ny());
      for (int column = 0; column < to.nx(); column++) {
        double j = inside((to.x(column) - from.originX()) / from.spacing(), from.nx());
        values[to.index(row, column)] = (float) between(model, i, j);
      }
    }
    return new SpeedModel(to, values);
  }

  private static double inside(double position, int nodes) {
    return Math.clamp(position, 0, nodes - 1.0);
  }

  private static double between(SpeedModel model, double i, double j) {
    int row = Math.min((int) i, Math.max(model.grid().ny() - 2, 0));
    int column = Math.min((int) j, Math.max(model.grid().nx() - 2, 0));
    int below = Math.min(row + 1, model.grid().ny() - 1);
    int right = Math.min(column + 1, model.grid().nx() - 1);
    double a = i - row;
    double b = j - column;
    return (1 - a) * ((1 - b) * model.at(row, column) + b * model.at(row, right))
        + a * ((1 - b) * model.at(below, column) + b * model.at(below, right));
  }
}
