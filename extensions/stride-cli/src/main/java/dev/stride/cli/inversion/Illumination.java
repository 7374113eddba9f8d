package dev.stride.cli.inversion;

import dev.stride.api.Engine;
import dev.stride.api.GradientProcessor;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.cli.model.BreastPhantom;
import dev.stride.cli.model.Grid;
import dev.stride.optim.GradientProcessors;
import java.util.function.UnaryOperator;

/**
 * Makes the gradient of a band ready for use: masked at the ring, smoothed over a share of the
 * wavelength, divided by the illumination, masked again.
 */
final class Illumination {

  private Illumination() {}

  /**
   * The processor of a band.
   *
   * @param radius of the ring, in metres
   * @param frequency upper limit of the band, in Hz
   */
  static GradientProcessor<Tensor> processor(
      Engine engine, Grid grid, double radius, double frequency) {
    double wavelength = BreastPhantom.WATER / frequency;
    double sigma = Settings.SMOOTHING * wavelength / grid.spacing();
    Operator<Tensor> gaussianSmooth = engine.operator("stride.gaussian-smooth");
    UnaryOperator<Tensor> smooth = value -> gaussianSmooth.call(value, sigma).get();
    Tensor mask = mask(grid, radius);
    return GradientProcessors.chain(
        GradientProcessors.masked(mask),
        GradientProcessors.filtered(smooth),
        GradientProcessors.preconditioned(mask, Settings.DAMPING, smooth),
        GradientProcessors.masked(mask));
  }

  /** One inside the ring, zero from a little inside it outwards, and smooth between. */
  static Tensor mask(Grid grid, double radius) {
    float[] weights = new float[grid.size()];
    for (int row = 0; row < grid.ny(); row++) {
      for (int column = 0; column < grid.nx(); column++) {
        double distance = Math.hypot(grid.y(row), grid.x(column));
        double rise = Math.clamp((radius - Settings.RIM - distance) / Settings.TAPER, 0.0, 1.0);
        weights[grid.index(row, column)] = (float) (0.5 - 0.5 * Math.cos(Math.PI * rise));
      }
    }
    return Tensor.adopt(Shape.of(grid.ny(), grid.nx()), weights);
  }
}
