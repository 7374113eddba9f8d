package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * What wave propagation is checked with: small rough models in 2D and 3D, all orders, with and
 * without a layer, sources and receivers on nodes, between them, at edges and in the layer.
 */
final class AcousticWaveSamples {

  private static final double SPACING = 1e-3;
  private static final double TIME_STEP = 2.5e-7;
  private static final Shape FLAT = Shape.of(17, 22);
  private static final Shape SOLID = Shape.of(9, 11, 13);

  private AcousticWaveSamples() {}

  static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    for (int order = 2; order <= 10; order += 2) {
      samples.add(flat(order, order % 4 == 0 ? 0 : 5));
      samples.add(solid(order, order % 4 == 0 ? 3 : 0));
    }
    samples.add(narrow());
    return samples;
  }

  private static Sample flat(int order, int absorbing) {
    Tensor sources = Tensor.of(Shape.of(2, 2), 0.008, 0.010, 0.00733, 0.00281);
    Tensor receivers =
        Tensor.of(Shape.of(4, 2), 0.005, 0.0173, 0.01142, 0.00912, 0.016, 0.021, 0, 0.00257);
    return sample("2D", FLAT, sources, receivers, 60, absorbing, order);
  }

  private static Sample solid(int order, int absorbing) {
    Tensor sources = Tensor.of(Shape.of(2, 3), 0.004, 0.005, 0.006, 0.00253, 0.00619, 0.00448);
    Tensor receivers =
        Tensor.of(Shape.of(3, 3), 0.0061, 0.0072, 0.0103, 0.002, 0.003, 0.004, 0.008, 0.01, 0.012);
    return sample("3D", SOLID, sources, receivers, 60, absorbing, order);
  }

  private static Sample narrow() {
    Tensor source = Tensor.of(Shape.of(1, 2), 0, 0.0012);
    Tensor receiver = Tensor.of(Shape.of(1, 2), 0, 0.0030);
    return sample("one row", Shape.of(1, 5), source, receiver, 60, 0, 4);
  }

  private static Sample sample(
      String name,
      Shape shape,
      Tensor sources,
      Tensor receivers,
      int samples,
      int absorbing,
      int order) {
    Tensor velocity =
        Tensor.random(shape, DataType.FLOAT64, order).map(v -> 1500 + 40 * Math.sin(v));
    Tensor wavelets = bursts(sources.shape().extent(0), samples, order > 2);
    return Sample.of(
            Arguments.of(
                velocity, wavelets, sources, receivers, SPACING, TIME_STEP, absorbing, order))
        .described(name + " " + shape + ", order " + order + ", layer of " + absorbing);
  }

  /**
   * One burst a source, each of its own height and delay: as short as these grids can carry,
   * because the Laplacian of a wave that is smoother is mostly rounding in float32.
   */
  private static Tensor bursts(int sources, int samples, boolean oscillating) {
    double[] values = new double[sources * samples];
    for (int i = 0; i < values.length; i++) {
      int source = i / samples;
      double phase = Math.PI * (i % samples + 2 * source) / samples;
      double carrier = oscillating ? Math.sin(2 * phase) : 1;
      values[i] = (1 + source) * carrier * Math.pow(Math.sin(phase), 2);
    }
    return Tensor.of(Shape.of(sources, samples), values);
  }
}
