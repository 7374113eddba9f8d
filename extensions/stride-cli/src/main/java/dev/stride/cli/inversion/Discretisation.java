package dev.stride.cli.inversion;

import dev.stride.api.Shape;
import dev.stride.api.StrideException;
import dev.stride.api.Tensor;
import dev.stride.cli.acquisition.Burst;
import dev.stride.cli.acquisition.Position;
import dev.stride.cli.acquisition.Ring;
import dev.stride.cli.model.Grid;
import dev.stride.cli.model.TimeAxis;
import java.util.List;

/**
 * How waves are computed: the grid of the model, an absorbing layer around it, and the time axis.
 *
 * @param grid of the model, without the layer
 * @param layer width of the absorbing layer, in nodes on each side
 * @param time samples of wavelets and traces
 */
public record Discretisation(Grid grid, int layer, TimeAxis time) {

  /** Width of the absorbing layer, in metres. */
  private static final double LAYER = 15e-3;

  /** Share of a cell that the fastest wave crosses in a step; 0.54 would still be stable. */
  private static final double COURANT = 0.33;

  /** How long the filters' delay and the echoes behind the first arrivals are waited for. */
  private static final double TAIL = 6e-6;

  /** A grid with the time axis that it needs for a ring and a burst. */
  public static Discretisation of(Grid grid, Ring ring, Burst burst) {
    double step = COURANT * grid.spacing() / Settings.BOUNDS.greatest();
    double crossing = 2 * ring.radius() / Settings.BOUNDS.least();
    TimeAxis time = TimeAxis.lasting(crossing + burst.length() + TAIL, step);
    return new Discretisation(grid, (int) Math.ceil(LAYER / grid.spacing() - 1e-9), time);
  }

  /** A finer one for the same region and time: spacing and step times {@code share}. */
  public Discretisation refined(double share) {
    Grid fine = grid.respaced(share * grid.spacing());
    TimeAxis times = TimeAxis.lasting(time.duration(), share * time.step());
    return new Discretisation(fine, (int) Math.ceil(layer / share - 1e-9), times);
  }

  /**
   * Checks that the grid carries waves of these frequencies: at least two nodes a wavelength at the
   * slowest speed of sound.
   *
   * @throws StrideException if it does not; the message has the highest frequency that it carries
   */
  public void requireCarried(List<Double> frequencies) {
    double highest = Settings.BOUNDS.least() / (2 * grid.spacing());
    for (double frequency : frequencies) {
      if (frequency > highest) {
        throw new StrideException(
            "Frequency",
            "a band up to %.0f Hz is not carried by a grid of %s mm: the highest is %.0f Hz, two"
                    .formatted(frequency, 1e3 * grid.spacing(), highest)
                + " nodes a wavelength. Give lower --frequencies, or a finer model.");
      }
    }
  }

  /** Number of nodes with the layer. */
  public long extendedNodes() {
    return (long) (grid.ny() + 2 * layer) * (grid.nx() + 2 * layer);
  }

  /** Positions {@code [position, (y, x)]} in metres from node 0 of the layer. */
  Tensor fromLayerCorner(List<Position> positions) {
    double margin = layer * grid.spacing();
    double[] coordinates = new double[2 * positions.size()];
    for (int k = 0; k < positions.size(); k++) {
      coordinates[2 * k] = positions.get(k).y() - grid.originY() + margin;
      coordinates[2 * k + 1] = positions.get(k).x() - grid.originX() + margin;
    }
    return Tensor.adopt(Shape.of(positions.size(), 2), coordinates);
  }
}
