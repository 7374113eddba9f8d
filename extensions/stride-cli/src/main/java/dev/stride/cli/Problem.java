package dev.stride.cli;

import dev.stride.api.StrideException;
import dev.stride.cli.acquisition.Burst;
import dev.stride.cli.acquisition.Ring;
import dev.stride.cli.inversion.Discretisation;
import dev.stride.cli.inversion.ObservedData.Scan;
import dev.stride.cli.inversion.Settings;
import dev.stride.cli.model.BreastPhantom;
import dev.stride.cli.model.Grid;
import dev.stride.cli.model.Lesion;
import dev.stride.cli.model.ModelFile;
import dev.stride.cli.model.Resampling;
import dev.stride.cli.model.SpeedModel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recovered, and how it is scanned.
 *
 * @param name of the truth, for reports
 * @param truth on the inversion's grid, for reports alone
 * @param fineTruth on the grid that the observed data is simulated on
 * @param lesions of a phantom, else none
 * @param scan the transducers, what they send, and the inversion's discretisation
 */
record Problem(
    String name, SpeedModel truth, SpeedModel fineTruth, List<Lesion> lesions, Scan scan) {

  private static final Burst BURST = new Burst(0.3e6);
  private static final int RECEIVERS = 128;
  private static final double RADIUS = 90e-3;

  /** Distance that the ring keeps from the edge of a model, in metres. */
  private static final double EDGE = 5e-3;

  private static final double SMALLEST_RADIUS = 20e-3;
  private static final int SAMPLES_PER_AXIS = 8;
  private static final Grid PHANTOM_GRID = Grid.centred(201, 201, 1e-3);

  /**
   * The problem of a model file or, without one, of a phantom.
   *
   * @param seed of the phantom and of the noise
   */
  static Problem of(@Nullable Path model, long seed, int shots) {
    return model == null ? phantom(seed, shots) : file(model, seed, shots);
  }

  private static Problem phantom(long seed, int shots) {
    BreastPhantom phantom = BreastPhantom.ofSeed(seed);
    Scan scan = scan(PHANTOM_GRID, RADIUS, seed, shots);
    return new Problem(
        "breast phantom, seed " + seed,
        phantom.draw(PHANTOM_GRID, SAMPLES_PER_AXIS),
        phantom.draw(scan.fine().grid(), SAMPLES_PER_AXIS),
        phantom.lesions(),
        scan);
  }

  private static Problem file(Path path, long seed, int shots) {
    SpeedModel truth = ModelFile.read(path);
    double half = 0.5 * Math.min(truth.grid().height(), truth.grid().width());
    double radius = Math.min(RADIUS, half - EDGE);
    if (radius < SMALLEST_RADIUS) {
      throw new StrideException(
          "ModelFile",
          "%s: the model is %.0f x %.0f mm; a ring of transducers needs at least %.0f mm. Give a"
                  .formatted(
                      path,
                      1e3 * truth.grid().height(),
                      1e3 * truth.grid().width(),
                      2e3 * (SMALLEST_RADIUS + EDGE))
              + " larger model, or check its spacing.");
    }
    Scan scan = scan(truth.grid(), radius, seed, shots);
    SpeedModel fine = Resampling.bilinear(truth, scan.fine().grid());
    return new Problem(path.toString(), truth, fine, List.of(), scan);
  }

  private static Scan scan(Grid grid, double radius, long seed, int shots) {
    Ring ring = new Ring(radius, RECEIVERS, shots);
    return new Scan(ring, BURST, Discretisation.of(grid, ring, BURST), seed);
  }

  /**
   * The model to start from.
   *
   * @param given a speed in m/s, or a file with a model on the grid of the truth
   * @throws StrideException if it is outside the inversion's bounds or on another grid
   */
  SpeedModel start(String given) {
    SpeedModel start = startModel(given);
    if (!start.grid().equals(truth.grid())) {
      throw new StrideException(
          "Start",
          "%s has %d x %d nodes of %s m, but the inversion %d x %d of %s m. Resample it."
              .formatted(
                  given,
                  start.grid().ny(),
                  start.grid().nx(),
                  start.grid().spacing(),
                  truth.grid().ny(),
                  truth.grid().nx(),
                  truth.grid().spacing()));
    }
    double least = Settings.BOUNDS.least();
    double greatest = Settings.BOUNDS.greatest();
    if (!(start.min() >= least && start.max() <= greatest)) {
      throw new StrideException(
          "Start",
          "the start spans %.0f to %.0f m/s, but results stay within %.0f to %.0f m/s. Start inside."
              .formatted(start.min(), start.max(), least, greatest));
    }
    return start;
  }

  private SpeedModel startModel(String given) {
    try {
      return SpeedModel.homogeneous(truth.grid(), Double.parseDouble(given));
    } catch (NumberFormatException notANumber) {
      return ModelFile.read(Path.of(given));
    }
  }
}
