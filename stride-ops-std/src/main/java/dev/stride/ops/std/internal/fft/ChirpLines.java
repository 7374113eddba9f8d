package dev.stride.ops.std.internal.fft;

import dev.stride.api.Parallel;
import dev.stride.ops.std.internal.kernel.Chunks;

/** Long lines of a length with a large prime factor: see {@link ChirpColumns}, line by line. */
final class ChirpLines extends Lines {

  /** Lines shorter than this are better bundled. */
  static final int SHORTEST = 256;

  private static final int SHARED = 1 << 16;

  private final int fast;
  private final int width;
  private final Passes passes;
  private final Lines inner;
  private final Pass multiply;
  private final Rows chirp;
  private final Rows spectrum;

  ChirpLines(int length, Passes passes) {
    super(length);
    this.passes = passes;
    this.fast = Radices.nextFast(2 * length - 1);
    this.width = passes.padded(fast);
    this.inner = Lines.of(fast, passes);
    this.multiply = passes.of(1, Factors.OF_ELEMENTS);
    this.chirp = widened(Chirp.of(length, passes), length);
    this.spectrum = widened(Chirp.spectrum(length, fast, passes), fast);
  }

  /** The table with zeros behind, so that vectors fit. */
  private Rows widened(Rows table, int count) {
    Rows wide = Rows.zeros(passes.type(), 1, width);
    table.copyTo(wide, 1, count);
    return wide;
  }

  @Override
  void run(Rows x, Rows y, int count, double scale, Parallel parallel) {
    if (length() >= SHARED || count == 1) {
      lines(x, y, 0, count, scale, parallel);
    } else {
      Chunks.cover(
          parallel,
          count,
          together(),
          (from, to) -> lines(x, y, from, to, scale, Parallel.serial()));
    }
  }

  private void lines(Rows x, Rows y, int from, int to, double scale, Parallel parallel) {
    Rows line = Rows.zeros(passes.type(), 1, width);
    for (int i = from; i < to; i++) {
      x.from(i * x.stride()).copyTo(line, 1, length());
      line.clear(length(), width);
      multiply.run(line, line, chirp, 1, 1, width);
      inner.run(line, line, 1, 1, parallel);
      multiply.run(line, line, spectrum, 1, 1, width);
      inner.run(line.swapped(), line.swapped(), 1, scale, parallel);
      multiply.run(line, line, chirp, 1, 1, width);
      line.copyTo(y.from(i * y.stride()), 1, length());
    }
  }
}
