package dev.stride.ops.std.internal.fft;

import dev.stride.ops.std.internal.kernel.WarmUp;

/** A pass in plain code until the same one in vector code is fast. Thread-safe. */
final class WarmingPass implements Pass {

  private final Pass plain;
  private final Pass vector;
  private final double steps;
  private final WarmUp warmUp = new WarmUp();

  /**
   * Both passes.
   *
   * @param steps operations on vectors for each element of the width
   */
  WarmingPass(Pass plain, Pass vector, double steps) {
    this.plain = plain;
    this.vector = vector;
    this.steps = steps;
  }

  @Override
  public void run(Rows x, Rows y, Rows factors, int blocks, int repeats, int width) {
    if (warmUp.isOver()) {
      vector.run(x, y, factors, blocks, repeats, width);
      return;
    }
    boolean tries = warmUp.isDue();
    long start = System.nanoTime();
    (tries ? vector : plain).run(x, y, factors, blocks, repeats, width);
    long nanos = System.nanoTime() - start;
    if (tries) {
      warmUp.trial(nanos, (long) (steps * blocks * repeats * width));
    } else {
      warmUp.plain(nanos);
    }
  }
}
