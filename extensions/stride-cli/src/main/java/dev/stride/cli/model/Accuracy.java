package dev.stride.cli.model;

/**
 * How well one map of the speed of sound reproduces another. For reports only: nothing in an
 * inversion may depend on it.
 */
public final class Accuracy {

  /** Width of the ring around a lesion that counts as its background, in metres. */
  private static final double BACKGROUND = 4.5e-3;

  private final SpeedModel truth;

  private Accuracy(SpeedModel truth) {
    this.truth = truth;
  }

  /** Compares with this map. */
  public static Accuracy against(SpeedModel truth) {
    return new Accuracy(truth);
  }

  /**
   * Root of the mean squared difference over the nodes less than {@code radius} from the middle.
   *
   * @param radius in metres
   * @return in m/s
   */
  public double rmse(SpeedModel model, double radius) {
    float[] difference = model.minus(truth);
    Grid grid = truth.grid();
    double sum = 0;
    int count = 0;
    for (int row = 0; row < grid.ny(); row++) {
      for (int column = 0; column < grid.nx(); column++) {
        if (Math.hypot(grid.y(row), grid.x(column)) < radius) {
          double value = difference[grid.index(row, column)];
          sum += value * value;
          count++;
        }
      }
    }
    return Math.sqrt(sum / count);
  }

  /**
   * What a lesion stands out by.
   *
   * @param lesion the lesion
   * @param truth mean in the lesion minus mean in the tissue around it, in the truth, in m/s
   * @param recovered the same in the map compared
   */
  public record Contrast(Lesion lesion, double truth, double recovered) {

    /** The recovered share of the true contrast, in percent. */
    public double percent() {
      return 100 * recovered / truth;
    }
  }

  /**
   * The contrast of a lesion: the mean over the nodes more than half a cell inside it, minus the
   * mean over those from one cell to 4.5 mm outside it.
   */
  public Contrast contrast(SpeedModel model, Lesion lesion) {
    return new Contrast(lesion, contrastIn(truth, lesion), contrastIn(model, lesion));
  }

  private static double contrastIn(SpeedModel model, Lesion lesion) {
    double cell = model.grid().spacing();
    double inside = mean(model, lesion, 0, lesion.radius() - 0.5 * cell);
    double outside = mean(model, lesion, lesion.radius() + cell, lesion.radius() + BACKGROUND);
    return inside - outside;
  }

  private static double mean(SpeedModel model, Lesion lesion, double from, double to) {
    Grid grid = model.grid();
    double sum = 0;
    int count = 0;
    for (int row = 0; row < grid.ny(); row++) {
      for (int column = 0; column < grid.nx(); column++) {
        double d = lesion.distance(grid.y(row), grid.x(column));
        if (d >= from && d < to) {
          sum += model.at(row, column);
          count++;
        }
      }
    }
    return sum / count;
  }
}
