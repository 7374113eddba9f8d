package dev.stride.ops.std.internal.fft;

/**
 * A length with a large prime factor, as a convolution with a chirp of a length that is fast
 * (Bluestein): with {@code c[j] = exp(-i pi j^2 / n)}, {@code y[k] = c[k] sum_j (c[j] x[j])
 * conj(c[k - j])}.
 */
final class ChirpColumns extends Columns {

  private final int fast;
  private final Columns inner;
  private final Pass multiply;
  private final Rows chirp;
  private final Rows spectrum;

  ChirpColumns(int length, Passes passes) {
    super(length, 3, Radices.nextFast(2 * length - 1));
    this.fast = Radices.nextFast(2 * length - 1);
    this.inner = new SmoothColumns(fast, Radices.of(fast), passes);
    this.multiply = passes.of(1, Factors.OF_ROWS);
    this.chirp = Chirp.of(length, passes);
    this.spectrum = Chirp.spectrum(length, fast, passes);
  }

  @Override
  void run(Rows x, Rows y, int width, Rows[] workspace) {
    Rows padded = workspace[2].every(width);
    Rows[] others = {workspace[0], workspace[1]};
    multiply.run(x, padded, chirp, length(), 1, width);
    padded.clear(length() * width, fast * width);
    inner.run(padded, padded, width, others);
    multiply.run(padded, padded, spectrum, fast, 1, width);
    inner.run(padded.swapped(), padded.swapped(), width, others);
    multiply.run(padded, y, chirp, length(), 1, width);
  }
}
