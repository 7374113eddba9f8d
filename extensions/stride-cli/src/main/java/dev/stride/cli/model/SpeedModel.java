package dev.stride.cli.model;

import java.util.Arrays;

/** Speed of sound on the nodes of a grid, in m/s. Immutable. */
public final class SpeedModel {

  private final Grid grid;
  private final float[] speed;

  /**
   * Makes a model.
   *
   * @param grid where the values are
   * @param speed {@code grid.size()} values in m/s, row by row. Not modified, copied.
   */
  public SpeedModel(Grid grid, float[] speed) {
    if (speed.length != grid.size()) {
      throw new IllegalArgumentException(
          "speed model: got %d values for a grid of %d x %d nodes. Give one value a node."
              .formatted(speed.length, grid.ny(), grid.nx()));
    }
    this.grid = grid;
    this.speed = speed.clone();
  }

  /** The same speed everywhere. */
  public static SpeedModel homogeneous(Grid grid, double speed) {
    float[] values = new float[grid.size()];
    Arrays.fill(values, (float) speed);
    return new SpeedModel(grid, values);
  }

  /** Where the values are. */
  public Grid grid() {
    return grid;
  }

  /** A copy of the values, in m/s, row by row. */
  public float[] speed() {
    return speed.clone();
  }

  /** The value of one node, in m/s. */
  public float at(int row, int column) {
    return speed[grid.index(row, column)];
  }

  /** The smallest value, in m/s. */
  public double min() {
    double min = Double.POSITIVE_INFINITY;
    for (float value : speed) {
      min = Math.min(min, value);
    }
    return min;
  }

  /** The largest value, in m/s. */
  public double max() {
    double max = Double.NEGATIVE_INFINITY;
    for (float value : speed) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** This model minus another on the same grid, as an array in m/s. */
  public float[] minus(SpeedModel other) {
    if (!grid.equals(other.grid)) {
      throw new IllegalArgumentException(
          "speed model: the difference of a model on %s and one on %s is not defined. Draw or"
                  .formatted(grid, other.grid)
              + " resample both on one grid.");
    }
    float[] difference = new float[speed.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = speed[i] - other.speed[i];
    }
    return difference;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpeedModel that
        && grid.equals(that.grid)
        && Arrays.equals(speed, that.speed);
  }

  @Override
  public int hashCode() {
    return 31 * grid.hashCode() + Arrays.hashCode(speed);
  }

  @Override
  public String toString() {
    return "SpeedModel[%d x %d at %s m, %.1f..%.1f m/s]"
        .formatted(grid.ny(), grid.nx(), grid.spacing(), min(), max());
  }
}
