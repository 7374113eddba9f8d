package dev.stride.ops.std.internal.wave;

import dev.stride.api.Tensor;

/**
 * The sums over time that the gradient of the velocity and its preconditioner are, compact.
 *
 * <p>Steps are summed in batches, and batches into totals, so that rounding does not grow with the
 * number of steps.
 *
 * @param <A> array type of the fields
 */
final class TimeSum<A> {

  private final Precision<A> precision;
  private final FieldLayout layout;
  private final A gradient;
  private final A energy;
  private final A gradientTotal;
  private final A energyTotal;

  TimeSum(Precision<A> precision, FieldLayout layout) {
    this.precision = precision;
    this.layout = layout;
    this.gradient = precision.allocate(layout.compactSize());
    this.energy = precision.allocate(layout.compactSize());
    this.gradientTotal = precision.allocate(layout.compactSize());
    this.energyTotal = precision.allocate(layout.compactSize());
  }

  /** Adds a row of a step. */
  void add(RowKernels<A> kernels, A u, int from, A kept, int at, int row) {
    int width = layout.width();
    kernels.correlate(u, from, kept, at + row, gradient, energy, row, width);
  }

  /** Ends a batch for a row. */
  void endBatch(int row) {
    precision.drain(gradient, gradientTotal, row, layout.width());
    precision.drain(energy, energyTotal, row, layout.width());
  }

  /**
   * The gradient: {@code 2 / v} times the sum, as {@code dc/dv = 2 c / v} and {@code c} is in it.
   */
  Tensor gradient(Tensor velocity) {
    return tensor(gradient, gradientTotal, node -> 2 / velocity.at(node));
  }

  /** The energy. */
  Tensor energy() {
    return tensor(energy, energyTotal, node -> 1);
  }

  private Tensor tensor(A batch, A total, java.util.function.IntToDoubleFunction factor) {
    WaveGrid grid = layout.grid();
    A nodes = precision.allocate(grid.shape().size());
    int node = 0;
    for (int z = 0; z < grid.planes(); z++) {
      for (int y = 0; y < grid.rows(); y++) {
        for (int x = 0; x < grid.columns(); x++) {
          int at = layout.compact(z, y, x);
          double sum = precision.get(batch, at) + precision.get(total, at);
          precision.set(nodes, node, factor.applyAsDouble(node) * sum);
          node++;
        }
      }
    }
    return precision.tensor(grid.shape(), nodes);
  }
}
