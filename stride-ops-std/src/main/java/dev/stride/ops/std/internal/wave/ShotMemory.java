package dev.stride.ops.std.internal.wave;

import dev.stride.api.DataType;

/** What one shot takes on the heap, known before it runs. */
public final class ShotMemory {

  private static final int FORWARD_FIELDS = 5;
  private static final int SUMS = 4;
  private static final int LANES = 16;

  private ShotMemory() {}

  /**
   * Bytes for a forward run that keeps its history and for the adjoint that follows, without the
   * tensors that go in and come out.
   *
   * @param samples length of the wavelets
   */
  public static long bytes(WaveGrid grid, int order, DataType type, int samples) {
    return historyBytes(grid, order, type, samples) + workingBytes(grid, order, type);
  }

  /** Bytes of the history alone: what each shot that waits for its adjoint keeps. */
  public static long historyBytes(WaveGrid grid, int order, DataType type, int samples) {
    FieldLayout layout = layout(grid, order, type);
    int steps = Math.max(0, samples - 1);
    return type == DataType.FLOAT32
        ? new History<>(Precision.SINGLE, new ArrayPool(), steps, layout.compactSize()).bytes()
        : new History<>(Precision.DOUBLE, new ArrayPool(), steps, layout.compactSize()).bytes();
  }

  /** Bytes that a shot works on while it runs, the history apart. */
  public static long workingBytes(WaveGrid grid, int order, DataType type) {
    FieldLayout layout = layout(grid, order, type);
    return ((long) FORWARD_FIELDS * layout.size() + (long) SUMS * layout.compactSize())
        * type.bytes();
  }

  private static FieldLayout layout(WaveGrid grid, int order, DataType type) {
    return new FieldLayout(grid, new Stencil(order).radius(), LANES, type.bytes());
  }
}
