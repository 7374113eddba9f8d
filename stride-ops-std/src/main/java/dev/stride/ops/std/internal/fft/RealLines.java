package dev.stride.ops.std.internal.fft;

import dev.stride.api.Parallel;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;

/**
 * Transforms between real lines of one length {@code n} and their half spectra, of {@code n / 2 +
 * 1} numbers. Immutable.
 *
 * <p>An even length takes one complex transform of half the length; an odd one takes a complex
 * transform of its own length.
 */
final class RealLines {

  private final int length;
  private final boolean even;
  private final Passes passes;
  private final Lines lines;
  private final Rows turns;

  RealLines(int length, Passes passes) {
    this.length = length;
    this.even = length % 2 == 0;
    this.passes = passes;
    this.lines = Lines.of(even ? length / 2 : length, passes);
    this.turns = passes.roots(even ? length / 2 : 0, length, k -> k);
  }

  /** Numbers of a half spectrum. */
  int bins() {
    return length / 2 + 1;
  }

  /**
   * Half spectra of lines, {@code y[k] = f(k) sum_j exp(-2 pi i j k / n) x[j]}.
   *
   * @param x lines, one behind the other. Not modified.
   * @param y half spectra, overwritten
   * @param ends {@code f} of the numbers that are real: the first, and the last of an even length
   * @param middle {@code f} of the others
   */
  void forward(Object x, Rows y, int count, double ends, double middle, Parallel parallel) {
    each(
        count,
        parallel,
        (from, to, z, inner) -> {
          for (int line = from; line < to; line++) {
            read(x, line * length, z.from((line - from) * z.stride()));
          }
          lines.run(z, z, to - from, 1, inner);
          for (int line = from; line < to; line++) {
            Rows half = z.from((line - from) * z.stride());
            Rows target = y.from(line * y.stride());
            if (even) {
              Halves.toSpectrum(half, target, turns, length / 2, ends, middle);
            } else {
              OddHalves.toSpectrum(half, target, length, ends, middle);
            }
          }
        });
  }

  private void read(Object x, int at, Rows z) {
    if (even) {
      Halves.split(x, at, z, length / 2);
    } else {
      System.arraycopy(x, at, z.re(), z.at(), length);
      HeapArray.clear(z.im(), z.at(), z.at() + length);
    }
  }

  /**
   * Lines from half spectra: the sum of {@code f(k) x[k] exp(2 pi i j k / n)} over the half
   * spectrum, and of its conjugate over the numbers that are not at an end; of those that are, the
   * real parts.
   *
   * @param x half spectra. Not modified.
   * @param y lines, overwritten
   * @param ends {@code f} of the numbers that are real
   * @param middle {@code f} of the others
   */
  void inverse(Rows x, Object y, int count, double ends, double middle, Parallel parallel) {
    each(
        count,
        parallel,
        (from, to, z, inner) -> {
          for (int line = from; line < to; line++) {
            Rows source = x.from(line * x.stride());
            Rows half = z.from((line - from) * z.stride());
            if (even) {
              Halves.fromSpectrum(source, half, turns, length / 2, ends, middle);
            } else {
              OddHalves.fromSpectrum(source, half, length, ends, middle);
            }
          }
          lines.run(z.swapped(), z.swapped(), to - from, 1, inner);
          for (int line = from; line < to; line++) {
            write(z.from((line - from) * z.stride()), y, line * length);
          }
        });
  }

  private void write(Rows z, Object y, int at) {
    if (even) {
      Halves.join(z, y, at, length / 2);
    } else {
      System.arraycopy(z.re(), z.at(), y, at, length);
    }
  }

  private interface Body {
    void range(int from, int to, Rows z, Parallel inner);
  }

  /**
   * Runs a body for chunks of lines, with workspace; long lines one by one, each by all threads.
   */
  private void each(int count, Parallel parallel, Body body) {
    int together = lines.together();
    if (together == 1 || count == 1) {
      Rows z = Rows.zeros(passes.type(), 1, lines.length());
      for (int line = 0; line < count; line++) {
        body.range(line, line + 1, z, parallel);
      }
    } else {
      Chunks.cover(
          parallel,
          count,
          together,
          (from, to) ->
              body.range(
                  from,
                  to,
                  Rows.zeros(passes.type(), to - from, lines.length()),
                  Parallel.serial()));
    }
  }
}
