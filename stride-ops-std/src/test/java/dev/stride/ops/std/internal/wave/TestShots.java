package dev.stride.ops.std.internal.wave;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.SplittableRandom;

/** Small random shots; everything follows from the seed, which is in their text. */
record TestShots(WaveProblem problem, Tensor wavelets) {

  static final double SPACING = 1e-3;

  /** Points lie within so many nodes of the origin, so that short runs reach them. */
  private static final int NEAR = 15;

  /** A rough model, two sources and three receivers between nodes, random wavelets. */
  static TestShots random(
      Shape shape, DataType type, int order, int absorbing, int samples, long seed) {
    WaveGrid grid = new WaveGrid(shape, SPACING);
    Tensor velocity =
        Tensor.random(shape, DataType.FLOAT64, seed).map(v -> 1500 + 60 * Math.sin(v)).cast(type);
    WaveProblem problem =
        new WaveProblem(
            grid,
            new Stencil(order),
            velocity,
            points(2, grid, seed + 1),
            points(3, grid, seed + 2),
            2e-7,
            new AbsorbingLayer(grid, absorbing, 1500));
    return new TestShots(problem, Tensor.random(Shape.of(2, samples), type, seed + 3));
  }

  /** A homogeneous model at 1500 m/s in float64. */
  static WaveProblem homogeneous(
      Shape shape, int order, int absorbing, double timeStep, Tensor sources, Tensor receivers) {
    WaveGrid grid = new WaveGrid(shape, SPACING);
    return new WaveProblem(
        grid,
        new Stencil(order),
        Tensor.full(shape, 1500, DataType.FLOAT64),
        sources,
        receivers,
        timeStep,
        new AbsorbingLayer(grid, absorbing, 1500));
  }

  /** One point, in nodes from the origin. */
  static Tensor point(double... nodes) {
    return Tensor.of(Shape.of(1, nodes.length), nodes).times(SPACING);
  }

  TestShots withVelocity(Tensor velocity) {
    WaveProblem p = problem;
    return new TestShots(
        new WaveProblem(
            p.grid(), p.stencil(), velocity, p.sources(), p.receivers(), p.timeStep(), p.layer()),
        wavelets);
  }

  TestShots withWavelets(Tensor other) {
    return new TestShots(problem, other);
  }

  DataType type() {
    return wavelets.dataType();
  }

  Propagator<?> propagator() {
    return Propagator.of(problem, KernelProvider.best());
  }

  private static Tensor points(int count, WaveGrid grid, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] positions = new double[count * grid.dimensions()];
    for (int i = 0; i < positions.length; i++) {
      int last = Math.min(NEAR, grid.shape().extent(i % grid.dimensions()) - 1);
      positions[i] = random.nextDouble() * last * SPACING;
    }
    return Tensor.of(Shape.of(count, grid.dimensions()), positions);
  }
}
