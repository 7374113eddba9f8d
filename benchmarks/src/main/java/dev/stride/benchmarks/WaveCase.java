package dev.stride.benchmarks;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.wave.AbsorbingLayer;
import dev.stride.ops.std.internal.wave.FieldLayout;
import dev.stride.ops.std.internal.wave.KernelProvider;
import dev.stride.ops.std.internal.wave.Levels;
import dev.stride.ops.std.internal.wave.Precision;
import dev.stride.ops.std.internal.wave.Stencil;
import dev.stride.ops.std.internal.wave.Stepper;
import dev.stride.ops.std.internal.wave.WaveGrid;
import dev.stride.ops.std.internal.wave.WaveProblem;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One grid, prepared for both sides: the same coefficients, layout, tiles and start. */
final class WaveCase {

  private static final int LAYER = 20;
  private static final int ARRAY_HEADER = 16;
  private static final int LINE = 64;

  private final String name;
  private final WaveGrid grid;
  private final int threads;
  private final int steps;
  private final Stepper<float[]> stepper;
  private final Levels<float[]> levels;
  private final float[] start;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment u;
  private final MemorySegment next;
  private final MemorySegment c;
  private final MemorySegment keep;
  private final MemorySegment pull;
  private final MemorySegment firstEdges;
  private final MemorySegment edges;
  private final MemorySegment weights;

  WaveCase(String name, Shape shape, int order, int threads, int steps) {
    this.name = name + "_t" + threads;
    this.grid = new WaveGrid(shape, 1e-3);
    this.threads = threads;
    this.steps = steps;
    this.stepper = new Stepper<>(problem(order), Precision.SINGLE, KernelProvider.best());
    FieldLayout layout = stepper.layout();
    this.levels = new Levels<>(Precision.SINGLE, layout);
    this.start = bump(layout);
    this.u = field(start);
    this.next = field(start);
    this.c = field(stepper.medium().c());
    this.keep = field(stepper.medium().keep());
    this.pull = field(stepper.medium().pull());
    this.firstEdges =
        arena.allocateFrom(ValueLayout.JAVA_INT, stepper.medium().runs().firstEdges());
    this.edges = arena.allocateFrom(ValueLayout.JAVA_INT, stepper.medium().runs().edges());
    this.weights = arena.allocateFrom(ValueLayout.JAVA_FLOAT, stepper.weights());
  }

  private WaveProblem problem(int order) {
    Tensor velocity = Tensor.random(grid.shape(), DataType.FLOAT32, 7).map(v -> 1500 + 20 * v);
    Tensor none = Tensor.zeros(Shape.of(0, grid.dimensions()), DataType.FLOAT64);
    AbsorbingLayer layer = new AbsorbingLayer(grid, LAYER, 1500);
    return new WaveProblem(grid, new Stencil(order), velocity, none, none, 1.5e-7, layer);
  }

  /** A smooth bump in the middle, so that no number is ever too small to be normal. */
  private float[] bump(FieldLayout layout) {
    float[] field = new float[layout.size()];
    int[] extents = extents();
    for (int z = 0; z < extents[0]; z++) {
      for (int y = 0; y < extents[1]; y++) {
        for (int x = 0; x < extents[2]; x++) {
          double height = bell(z, extents[0]) * bell(y, extents[1]) * bell(x, extents[2]);
          field[layout.index(z, y, x)] = (float) height;
        }
      }
    }
    return field;
  }

  private static double bell(int at, int extent) {
    double s = Math.sin(Math.PI * (at + 0.5) / extent);
    return s * s;
  }

  private int[] extents() {
    Shape shape = grid.shape();
    return grid.dimensions() == 2
        ? new int[] {1, shape.extent(0), shape.extent(1)}
        : shape.toArray();
  }

  /** A copy off the heap that begins where an array's elements would: 16 bytes into a line. */
  private MemorySegment field(float[] values) {
    long bytes = (long) values.length * Float.BYTES;
    MemorySegment segment = arena.allocate(bytes + LINE, LINE).asSlice(ARRAY_HEADER, bytes);
    MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, values.length);
    return segment;
  }

  String name() {
    return name;
  }

  int threads() {
    return threads;
  }

  /** Both levels as at the start, on both sides. */
  void reset() {
    System.arraycopy(start, 0, levels.current(), 0, start.length);
    System.arraycopy(start, 0, levels.other(), 0, start.length);
    MemorySegment.copy(start, 0, u, ValueLayout.JAVA_FLOAT, 0, start.length);
    MemorySegment.copy(start, 0, next, ValueLayout.JAVA_FLOAT, 0, start.length);
  }

  /** Billions of grid points a second in Java. */
  double runJava(Parallel parallel) {
    return gpts(() ->
        parallel.team(team -> {
          for (int step = 0; step < steps; step++) {
            stepper.step(team, levels);
            levels.swap();
          }
          return levels;
        }));
  }

  /** Billions of grid points a second in C. */
  double runC(NativeWave wave) {
    int[] extents = extents();
    FieldLayout layout = stepper.layout();
    return gpts(() ->
        wave.run(
            new NativeWave.Fields(u, next, c, keep, pull, firstEdges, edges, weights),
            new NativeWave.Extents(extents[0], extents[1], extents[2]),
            new NativeWave.Strides(layout.pitch(), layout.plane(), layout.index(0, 0, 0)),
            steps,
            threads));
  }

  private double gpts(Runnable run) {
    long begin = System.nanoTime();
    run.run();
    return (double) grid.shape().size() * steps / (System.nanoTime() - begin);
  }

  /** The largest difference between both sides, relative to the largest value. */
  double difference() {
    float[] ours = levels.current();
    MemorySegment theirs = steps % 2 == 0 ? u : next;
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(ours[i]));
      double other = theirs.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      difference = Math.max(difference, Math.abs(ours[i] - other));
    }
    return difference / largest;
  }
}
