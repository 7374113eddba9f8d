package dev.stride.ops.std.internal.fft;

import dev.stride.api.Parallel;
import dev.stride.ops.std.internal.kernel.Chunks;

/** Short lines: bundles of them are turned to columns, transformed, and turned back. */
final class BundledLines extends Lines {

  private final Columns columns;
  private final Passes passes;

  BundledLines(int length, Passes passes) {
    super(length);
    this.columns = Columns.of(length, passes);
    this.passes = passes;
  }

  @Override
  int bundle() {
    return columns.width(passes);
  }

  @Override
  void run(Rows x, Rows y, int count, double scale, Parallel parallel) {
    Chunks.cover(
        parallel,
        count,
        together(),
        (from, to) -> {
          int width = Math.min(bundle(), passes.padded(to - from));
          Rows panel = Rows.zeros(passes.type(), length(), width);
          Rows[] workspace = columns.workspace(passes.type(), width);
          for (int first = from; first < to; first += width) {
            int lines = Math.min(width, to - first);
            Transpose.of(x.from(first * x.stride()), panel, lines, length(), 1);
            columns.run(panel, panel, width, workspace);
            Transpose.of(panel, y.from(first * y.stride()), length(), lines, scale);
          }
        });
  }
}
