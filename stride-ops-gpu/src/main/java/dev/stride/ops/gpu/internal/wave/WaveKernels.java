package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.DataType;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Kernel;
import dev.stride.ops.gpu.internal.device.Launch;
import dev.stride.ops.gpu.internal.device.Range;
import dev.stride.ops.gpu.internal.device.Trial;
import java.util.ArrayList;
import java.util.List;

/** The commands of a shot: the kernels of {@link WaveSource} with their arguments. */
final class WaveKernels {

  static final String OPERATOR = "stride.acoustic-wave";

  private final Range range;
  private final boolean asDouble;
  private final Kernel advance;
  private final Kernel record;
  private final Kernel correlate;
  private final Kernel drain;
  private final Kernel medium;
  private final Kernel change;
  private final Kernel addProduct;
  private final Kernel finish;
  private final Kernel read;
  private final Kernel add;
  private final Kernel keep;

  WaveKernels(ComputeDevice device, WaveProblem problem, FieldLayout layout, boolean damped) {
    String source = WaveSource.of(problem, layout, damped);
    this.asDouble = problem.velocity().dataType() == DataType.FLOAT64;
    this.advance = device.kernel(source, "advance");
    this.record = device.kernel(source, "record");
    this.correlate = device.kernel(source, "correlate");
    this.drain = device.kernel(source, "drain");
    this.medium = device.kernel(source, "medium");
    this.change = device.kernel(source, "change");
    this.addProduct = device.kernel(source, "add_product");
    this.finish = device.kernel(source, "finish");
    this.read = device.kernel(source, "read_points");
    this.add = device.kernel(source, "add_points");
    this.keep = device.kernel(source, "keep_points");
    this.range =
        device.inFastestGroups(
            source, advance, layout.range(), () -> new Steps(device, problem, layout));
  }

  /** Steps of fields of zeros, which take as long as others. */
  private final class Steps implements Trial {

    private final Levels levels;
    private final DeviceStorage c;
    private final DeviceStorage damping;

    Steps(ComputeDevice device, WaveProblem problem, FieldLayout layout) {
      DataType type = problem.velocity().dataType();
      int axes = layout.width() + layout.rows() + layout.grid().planes();
      this.levels = new Levels(device, type, layout.size(), OPERATOR);
      this.c = device.filled(layout.size(), type, 0, OPERATOR);
      this.damping = device.filled(axes, type, 0, OPERATOR);
    }

    @Override
    public Launch in(Range range) {
      DeviceStorage next = levels.other();
      List<Object> arguments = List.of(levels.current(), next, c, damping);
      return new Launch(advance, OPERATOR, range, arguments, List.of(next));
    }

    @Override
    public void close() {
      levels.close();
      c.release();
      damping.release();
    }
  }

  /** A series of samples at points: {@code [point, time]}. */
  record Series(DeviceStorage values, int samples) {}

  private Launch onNodes(Kernel kernel, List<Object> arguments, DeviceStorage... written) {
    return new Launch(kernel, OPERATOR, range, arguments, List.of(written));
  }

  private Object number(double value) {
    return asDouble ? (Object) value : (Object) (float) value;
  }

  /** {@code c} at every node; a field of zeros. */
  Launch medium(DeviceStorage velocity, DeviceStorage damping, DeviceStorage c) {
    return onNodes(medium, List.of(velocity, damping, c), c);
  }

  /** Advances without keeping anything. */
  Launch advance(Levels levels, DeviceStorage c, DeviceStorage damping) {
    return onNodes(advance, List.of(levels.current(), levels.other(), c, damping), levels.other());
  }

  /** Advances and stores the Laplacian of the current level at {@code at} in {@code kept}. */
  Launch record(Levels levels, DeviceStorage c, DeviceStorage damping, DeviceStorage kept, int at) {
    return onNodes(
        record,
        List.of(levels.current(), levels.other(), c, damping, kept, at),
        levels.other(),
        kept);
  }

  /** Adds the current level times what was kept, and the square of that, to sums; advances. */
  Launch correlate(
      Levels levels,
      DeviceStorage c,
      DeviceStorage damping,
      DeviceStorage kept,
      int at,
      TimeSums sums) {
    return onNodes(
        correlate,
        List.of(
            levels.current(), levels.other(), c, damping, kept, at, sums.gradient(), sums.energy()),
        levels.other(),
        sums.gradient(),
        sums.energy());
  }

  /** Adds a batch to a total and empties it. */
  Launch drain(DeviceStorage batch, DeviceStorage total) {
    return onNodes(drain, List.of(batch, total), batch, total);
  }

  /** The direction of {@code c} for one of the velocity; a field of zeros. */
  Launch change(
      DeviceStorage c, DeviceStorage velocity, DeviceStorage direction, DeviceStorage changed) {
    return onNodes(change, List.of(c, velocity, direction, changed), changed);
  }

  /** Adds the product of a field and what was kept to a level. */
  Launch addProduct(DeviceStorage level, DeviceStorage changed, DeviceStorage kept) {
    return onNodes(addProduct, List.of(level, changed, kept), level);
  }

  /** Gradient and energy, of the velocity's shape. */
  Launch finish(
      TimeSums sums, DeviceStorage velocity, DeviceStorage gradient, DeviceStorage energy) {
    return onNodes(
        finish,
        List.of(sums.gradientTotal(), sums.energyTotal(), velocity, gradient, energy),
        gradient,
        energy);
  }

  /** Reads a level at points. */
  Launch read(Read read) {
    List<Object> arguments = new ArrayList<>(List.of(read.level));
    arguments.addAll(read.points.reading());
    arguments.addAll(
        List.of(
            read.into.values, read.points.count(), read.n, read.into.samples, number(read.scale)));
    int items = Math.max(1, read.points.count());
    return new Launch(this.read, OPERATOR, items, arguments, List.of(read.into.values));
  }

  /** Adds to a level, times {@code c}; and reads another level of as many samples. */
  Launch add(DeviceStorage level, DeviceStorage c, Added added, Read read) {
    int items = added.points.nodeCount() + read.points.count();
    List<Object> arguments = adding(level, c, added, read.level, read.points.reading());
    arguments.addAll(List.of(read.into.values, read.points.count(), read.n, number(read.scale)));
    List<DeviceStorage> written = List.of(level, read.into.values);
    return new Launch(add, OPERATOR, Math.max(1, items), arguments, written);
  }

  /** Adds to a level, times {@code c}. */
  Launch add(DeviceStorage level, DeviceStorage c, Added added) {
    List<Object> arguments = adding(level, c, added, c, added.points.reading());
    arguments.addAll(List.of(added.series.values, 0, 0, number(0)));
    int items = Math.max(1, added.points.nodeCount());
    return new Launch(add, OPERATOR, items, arguments, List.of(level));
  }

  private List<Object> adding(
      DeviceStorage level,
      DeviceStorage c,
      Added added,
      DeviceStorage readLevel,
      List<Object> reading) {
    List<Object> arguments = new ArrayList<>(List.of(level, c));
    arguments.addAll(added.points.addingToField());
    arguments.addAll(
        List.of(
            added.series.values,
            added.points.nodeCount(),
            added.n,
            added.series.samples,
            number(added.scale),
            readLevel));
    arguments.addAll(reading);
    return arguments;
  }

  /** Adds to what is kept. */
  Launch keep(DeviceStorage kept, int at, Added added) {
    List<Object> arguments = new ArrayList<>(List.of(kept, at));
    arguments.addAll(added.points.addingToCompact());
    arguments.addAll(
        List.of(
            added.series.values,
            added.points.nodeCount(),
            added.n,
            added.series.samples,
            number(added.scale)));
    return new Launch(
        keep, OPERATOR, Math.max(1, added.points.nodeCount()), arguments, List.of(kept));
  }

  /** What is added where: samples {@code n} of a series at points, times a factor. */
  record Added(PointBuffers points, Series series, int n, double scale) {}

  /** What is read where: a level at points, as sample {@code n} of a series, times a factor. */
  record Read(DeviceStorage level, PointBuffers points, Series into, int n, double scale) {}
}
