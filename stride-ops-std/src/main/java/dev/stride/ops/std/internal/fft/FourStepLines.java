package dev.stride.ops.std.internal.fft;

import dev.stride.api.Parallel;
import dev.stride.ops.std.internal.kernel.Chunks;

/**
 * Long lines, each read as a matrix of {@code first} rows and {@code second} columns: its columns
 * are transformed, multiplied by factors and transposed, and the columns of the result are
 * transformed (D. H. Bailey, FFTs in external or hierarchical memory). Everything happens in panels
 * that fit the cache.
 */
final class FourStepLines extends Lines {

  /** Lines shorter than this are better bundled. */
  static final int SHORTEST = 256;

  /** Lines of this length are worth being shared among threads. */
  private static final int SHARED = 1 << 16;

  private final Passes passes;
  private final Columns columns;
  private final Columns across;
  private final Rows factors;
  private final Pass multiply;

  FourStepLines(int first, int second, Passes passes) {
    super(first * second);
    this.passes = passes;
    this.columns = Columns.of(first, passes);
    this.across = Columns.of(second, passes);
    int stride = passes.padded(second);
    this.factors =
        passes
            .roots(first * stride, (long) first * second, i -> (long) (i / stride) * (i % stride))
            .every(stride);
    this.multiply = passes.of(1, Factors.OF_ELEMENTS);
  }

  @Override
  void run(Rows x, Rows y, int count, double scale, Parallel parallel) {
    if (length() >= SHARED || count == 1) {
      Rows between = between();
      for (int line = 0; line < count; line++) {
        line(x.from(line * x.stride()), y.from(line * y.stride()), between, scale, parallel);
      }
      return;
    }
    Chunks.cover(
        parallel,
        count,
        together(),
        (from, to) -> {
          Rows between = between();
          Panels first = new Panels(columns, passes);
          Panels second = new Panels(across, passes);
          for (int line = from; line < to; line++) {
            first(x.from(line * x.stride()), between, scale, first, 0, second());
            second(between, y.from(line * y.stride()), second, 0, first());
          }
        });
  }

  private Rows between() {
    return Rows.zeros(passes.type(), 1, length());
  }

  private int first() {
    return columns.length();
  }

  private int second() {
    return across.length();
  }

  private void line(Rows x, Rows y, Rows between, double scale, Parallel parallel) {
    Chunks.cover(
        parallel,
        second(),
        chunk(columns),
        (from, to) -> first(x, between, scale, new Panels(columns, passes), from, to));
    Chunks.cover(
        parallel,
        first(),
        chunk(across),
        (from, to) -> second(between, y, new Panels(across, passes), from, to));
  }

  private int chunk(Columns columns) {
    int width = columns.width(passes);
    return Math.max(1, (1 << 14) / columns.length() / width) * width;
  }

  private void first(Rows x, Rows between, double scale, Panels work, int from, int to) {
    for (int column = from; column < to; column += work.width()) {
      int count = Math.min(work.width(), to - column);
      Rows panel = work.transformed(x.from(column).every(second()), count);
      Rows turns = factors.from(column);
      multiply.run(panel, panel, turns, first(), 1, passes.padded(count));
      Rows target = between.from(column * first()).every(first());
      Transpose.of(panel, target, first(), count, scale);
    }
  }

  private void second(Rows between, Rows y, Panels work, int from, int to) {
    Rows out = y.every(first());
    for (int column = from; column < to; column += work.width()) {
      int count = Math.min(work.width(), to - column);
      work.run(between.from(column).every(first()), out.from(column), count);
    }
  }
}
