package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.wave.WaveKernels.Added;
import dev.stride.ops.gpu.internal.wave.WaveKernels.Read;
import dev.stride.ops.gpu.internal.wave.WaveKernels.Series;
import org.jspecify.annotations.Nullable;

/**
 * Marches one shot in time on a device: forward, adjoint and tangent of the discrete acoustic wave
 * equation, as docs/math/acoustic-wave.md has them. Methods hand their commands over and return; a
 * step is two or three commands.
 *
 * <p>A step reads the current level and overwrites the older one in place. Then one command adds
 * the sources to the new level and reads the receivers at the current one, so that reading is one
 * step behind.
 */
final class Propagator implements AutoCloseable {

  private final ComputeDevice device;
  private final DataType type;
  private final FieldLayout layout;
  private final String holder;
  private final WaveKernels kernels;
  private final Tensor velocity;
  private final PointBuffers sources;
  private final PointBuffers receivers;
  private final DeviceStorage c;
  private final DeviceStorage damping;
  private final double nodesPerVolume;

  /**
   * Prepares a shot.
   *
   * @param problem with tensors on the heap
   * @param velocity the same as the problem's, on the device
   */
  Propagator(ComputeDevice device, WaveProblem problem, Tensor velocity) {
    WaveGrid grid = problem.grid();
    this.device = device;
    this.type = velocity.dataType();
    this.velocity = velocity;
    this.layout = new FieldLayout(grid, problem.stencil().radius(), device.description().kind());
    this.holder = WaveKernels.OPERATOR + " " + grid.shape();
    Points from = new Points("sources", problem.sources(), layout);
    Points to = new Points("receivers", problem.receivers(), layout);
    double[] losses = losses(problem);
    boolean damped = problem.layer().width() > 0;
    this.kernels = new WaveKernels(device, problem, layout, damped);
    this.sources = new PointBuffers(from, device, type, holder);
    this.receivers = new PointBuffers(to, device, type, holder);
    this.damping = device.upload(PointBuffers.elements(losses, type), holder);
    this.c = device.filled(layout.size(), type, 0, holder);
    this.nodesPerVolume = Math.pow(grid.spacing(), -grid.dimensions());
    device.launch(kernels.medium(device.storage(velocity), damping, c));
  }

  /** The damping times the time step along x, y and z, one after the other. */
  private double[] losses(WaveProblem problem) {
    double[] losses = new double[layout.width() + layout.rows() + layout.grid().planes()];
    int[] starts = {layout.width() + layout.rows(), layout.width(), 0};
    for (int axis = 0; axis < starts.length; axis++) {
      double[] along = problem.layer().along(axis);
      for (int i = 0; i < along.length; i++) {
        losses[starts[axis] + i] = along[i] * problem.timeStep();
      }
    }
    return losses;
  }

  /** Bytes that it keeps alive. */
  long bytes() {
    return PointBuffers.bytes(c)
        + PointBuffers.bytes(damping)
        + sources.bytes()
        + receivers.bytes();
  }

  /** Room for what a {@link #forward} of so many samples keeps for the adjoint. */
  History history(int samples, long chunkBytes) {
    int steps = Math.max(0, samples - 1);
    return new History(device, type, steps, layout.compactSize(), chunkBytes, holder);
  }

  private Levels levels() {
    return new Levels(device, type, layout.size(), holder);
  }

  private Series series(Tensor tensor) {
    return new Series(device.storage(tensor), tensor.shape().extent(1));
  }

  /**
   * Computes traces {@code [receiver, time]}.
   *
   * @param wavelets {@code [source, time]}, on the device
   * @param history filled, if there is one
   */
  Tensor forward(Tensor wavelets, @Nullable History history, CancellationToken token) {
    Series given = series(wavelets);
    Tensor traces = device.allocate(Shape.of(receivers.count(), given.samples()), type, holder);
    Series recorded = series(traces);
    Batches batches = new Batches(device, token);
    try (Levels levels = levels()) {
      for (int n = 0; n < given.samples() - 1; n++) {
        Added added = new Added(sources, given, n, nodesPerVolume);
        if (history == null) {
          batches.add(kernels.advance(levels, c, damping));
        } else {
          DeviceStorage kept = toWrite(history, n, batches);
          batches.add(kernels.record(levels, c, damping, kept, history.at(n)));
          batches.add(kernels.keep(kept, history.at(n), added));
        }
        Read read = new Read(levels.current(), receivers, recorded, n, 1);
        batches.add(kernels.add(levels.other(), c, added, read));
        levels.swap();
        batches.endStep();
      }
      int last = given.samples() - 1;
      batches.add(kernels.read(new Read(levels.current(), receivers, recorded, last, 1)));
      batches.flush();
    }
    return traces;
  }

  /** What is in the queue goes before a chunk is moved. */
  private static DeviceStorage toWrite(History history, int n, Batches batches) {
    if (n % history.stepsPerChunk() == 0) {
      batches.flush();
    }
    return history.toWrite(n);
  }

  private static DeviceStorage toRead(History history, int n, Batches batches) {
    if ((n + 1) % history.stepsPerChunk() == 0) {
      batches.flush();
    }
    return history.toRead(n);
  }

  /**
   * Applies the transpose of the derivative of {@link #forward}: marches {@code m = c lambda} back,
   * which obeys the same equation as {@code p}, driven by the cotangents at the receivers.
   *
   * @param cotangents of the traces, {@code [receiver, time]}, on the device
   * @param history of the forward run; null if the gradient of the velocity is not needed
   */
  WaveGradients adjoint(Tensor cotangents, @Nullable History history, CancellationToken token) {
    if (history == null) {
      return new WaveGradients(null, null, marchBack(cotangents, null, null, token));
    }
    try (TimeSums sums = TimeSums.zero(device, type, layout.compactSize(), holder)) {
      Tensor wavelets = marchBack(cotangents, history, sums, token);
      Tensor gradient = device.allocate(velocity.shape(), type, holder);
      Tensor energy = device.allocate(velocity.shape(), type, holder);
      device.launch(
          kernels.finish(
              sums, device.storage(velocity), device.storage(gradient), device.storage(energy)));
      return new WaveGradients(gradient, energy, wavelets);
    }
  }

  private Tensor marchBack(
      Tensor cotangents,
      @Nullable History history,
      @Nullable TimeSums sums,
      CancellationToken token) {
    Series given = series(cotangents);
    Tensor wavelets = device.allocate(Shape.of(sources.count(), given.samples()), type, holder);
    Series gradient = series(wavelets);
    Batches batches = new Batches(device, token);
    try (Levels levels = levels()) {
      for (int n = given.samples() - 2; n >= 0; n--) {
        Added added = new Added(receivers, given, n + 1, 1);
        Read read = new Read(levels.other(), sources, gradient, n + 1, nodesPerVolume);
        batches.add(kernels.add(levels.current(), c, added, read));
        if (history == null || sums == null) {
          batches.add(kernels.advance(levels, c, damping));
        } else {
          correlate(levels, history, n, sums, batches);
        }
        levels.swap();
        batches.endStep();
      }
      batches.add(kernels.read(new Read(levels.other(), sources, gradient, 0, nodesPerVolume)));
      batches.flush();
    }
    return wavelets;
  }

  private void correlate(Levels levels, History history, int n, TimeSums sums, Batches batches) {
    DeviceStorage kept = toRead(history, n, batches);
    batches.add(kernels.correlate(levels, c, damping, kept, history.at(n), sums));
    if (n % TimeSums.BATCH == 0) {
      batches.add(kernels.drain(sums.gradient(), sums.gradientTotal()));
      batches.add(kernels.drain(sums.energy(), sums.energyTotal()));
    }
  }

  /**
   * Applies the derivative of {@link #forward} to a direction.
   *
   * @param wavelets {@code [source, time]}, on the device
   * @param velocityDirection of the velocity's shape; null for zeros
   * @param waveletDirection of the wavelets' shape; null for zeros
   */
  Tensor tangent(
      Tensor wavelets,
      @Nullable Tensor velocityDirection,
      @Nullable Tensor waveletDirection,
      CancellationToken token) {
    Series given = series(wavelets);
    Series direction = waveletDirection == null ? null : series(waveletDirection);
    Tensor traces = device.allocate(Shape.of(receivers.count(), given.samples()), type, holder);
    Series recorded = series(traces);
    Batches batches = new Batches(device, token);
    try (Levels tangents = levels();
        Background background = background(velocityDirection)) {
      for (int n = 0; n < given.samples() - 1; n++) {
        batches.add(kernels.advance(tangents, c, damping));
        Read read = new Read(tangents.current(), receivers, recorded, n, 1);
        if (direction == null) {
          batches.add(kernels.read(read));
        } else {
          Added added = new Added(sources, direction, n, nodesPerVolume);
          batches.add(kernels.add(tangents.other(), c, added, read));
        }
        if (background != null) {
          background.step(batches, new Added(sources, given, n, nodesPerVolume), tangents.other());
        }
        tangents.swap();
        batches.endStep();
      }
      int last = given.samples() - 1;
      batches.add(kernels.read(new Read(tangents.current(), receivers, recorded, last, 1)));
      batches.flush();
    }
    return traces;
  }

  private @Nullable Background background(@Nullable Tensor velocityDirection) {
    return velocityDirection == null ? null : new Background(velocityDirection);
  }

  /** The wavefield itself, and what it adds to its tangent along a direction of the velocity. */
  private final class Background implements AutoCloseable {

    private final Levels levels = levels();
    private final DeviceStorage kept = device.allocate(layout.compactSize(), type, holder);
    private final DeviceStorage changed = device.filled(layout.size(), type, 0, holder);

    Background(Tensor direction) {
      DeviceStorage at = device.storage(velocity);
      device.launch(kernels.change(c, at, device.storage(direction), changed));
    }

    void step(Batches batches, Added added, DeviceStorage tangent) {
      batches.add(kernels.record(levels, c, damping, kept, 0));
      batches.add(kernels.keep(kept, 0, added));
      batches.add(kernels.add(levels.other(), c, added));
      batches.add(kernels.addProduct(tangent, changed, kept));
      levels.swap();
    }

    @Override
    public void close() {
      levels.close();
      kept.release();
      changed.release();
    }
  }

  /** Gives the memory back; commands that use it may be in the queue. */
  @Override
  public void close() {
    sources.close();
    receivers.close();
    c.release();
    damping.release();
  }
}
