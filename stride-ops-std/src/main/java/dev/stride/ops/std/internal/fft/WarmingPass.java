package dev.stride.ops.std.internal.fft;

import dev.stride.ops.std.internal.kernel.WarmUp;

/** A pass in plain code until the same one in vector code is fast. Thread-safe. */
final class WarmingPass implements Pass {

  /** Vectors of a trial for each block and repeat: enough that the compiler sees a loop. */
  private static final int TRIAL = 2;

  private final Pass plain;
  private final Pass vector;
  private final int lanes;
  private final boolean turnsColumns;
  private final double steps;
  private final WarmUp warmUp = new WarmUp();

  /**
   * Both passes.
   *
   * @param turnsColumns whether each column has factors of its own
   * @param steps operations on vectors for each element of the width
   */
  WarmingPass(Pass plain, Pass vector, int lanes, boolean turnsColumns, double steps) {
    this.plain = plain;
    this.vector = vector;
    this.lanes = lanes;
    this.turnsColumns = turnsColumns;
    this.steps = steps;
  }

  @Override
  public void run(Rows x, Rows y, Rows factors, int blocks, int repeats, int width) {
    if (warmUp.isOver()) {
      vector.run(x, y, factors, blocks, repeats, width);
      return;
    }
    warmUp.share(
        width,
        TRIAL * lanes,
        steps * blocks * repeats,
        (at, some) -> run(vector, x, y, factors, blocks, repeats, at, some),
        (at, some) -> run(plain, x, y, factors, blocks, repeats, at, some));
  }

  /** The pass of some columns. */
  private void run(
      Pass pass, Rows x, Rows y, Rows factors, int blocks, int repeats, int at, int width) {
    Rows turns = turnsColumns ? factors.from(at) : factors;
    pass.run(x.from(at), y.from(at), turns, blocks, repeats, width);
  }
}
