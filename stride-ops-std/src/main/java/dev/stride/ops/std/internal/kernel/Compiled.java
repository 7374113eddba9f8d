package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A formula compiled to plain code and, where there is a vector unit, to vector code, which takes
 * over when it is fast. Both give the same bits. Thread-safe.
 */
final class Compiled {

  /** Vectors of a trial: enough that the compiler takes the loop for one. */
  private static final int TRIAL = 16;

  private final Loop plain;
  private final @Nullable Loop vector;
  private final int steps;
  private final int lanes;
  private final DataType type;
  private final WarmUp warmUp = new WarmUp();

  /**
   * Both loops.
   *
   * @param plain handles any number of elements
   * @param vector handles multiples of {@code lanes}; null if there is none
   * @param steps operations of one turn
   */
  Compiled(Loop plain, @Nullable Loop vector, int steps, int lanes, DataType type) {
    this.plain = plain;
    this.vector = vector;
    this.steps = steps;
    this.lanes = lanes;
    this.type = type;
  }

  DataType type() {
    return type;
  }

  /** What a loop is run on: arrays, where to begin in each, and numbers. */
  @SuppressWarnings("ArrayRecordComponent") // private, and nobody compares them
  private record Work(
      Object[] operands, int[] offsets, long uniform, double[] parameters, Object out, int at) {

    void run(Loop loop, int count) {
      loop.run(operands, offsets, parameters, out, at, count);
    }

    /** The same work from a later element on. */
    Work from(int done) {
      int[] moved = offsets.clone();
      for (int k = 0; k < moved.length; k++) {
        moved[k] += (uniform >> k & 1) == 0 ? done : 0;
      }
      return new Work(operands, moved, uniform, parameters, out, at + done);
    }
  }

  /**
   * Sets {@code out[at + i]} for {@code 0 <= i < count}.
   *
   * @param uniform bit k: operand k is one element, the same everywhere
   */
  void run(
      Object[] operands,
      int[] offsets,
      long uniform,
      double[] parameters,
      Object out,
      int at,
      int count) {
    Work work = new Work(operands, offsets, uniform, parameters, out, at);
    if (vector == null) {
      work.run(plain, count);
    } else if (warmUp.isOver()) {
      runVectors(vector, work, count);
    } else {
      warmUp(vector, work, count);
    }
  }

  private void runVectors(Loop loop, Work work, int count) {
    int whole = count - count % lanes;
    if (whole > 0) {
      work.run(loop, whole);
    }
    if (whole < count) {
      work.from(whole).run(plain, count - whole);
    }
  }

  private void warmUp(Loop loop, Work work, int count) {
    int vectors = warmUp.isDue() ? Math.min(TRIAL, count / lanes) : 0;
    int tried = vectors * lanes;
    long start = System.nanoTime();
    if (tried > 0) {
      work.run(loop, tried);
    }
    long middle = System.nanoTime();
    if (tried < count) {
      work.from(tried).run(plain, count - tried);
    }
    warmUp.plain(System.nanoTime() - middle);
    if (tried > 0) {
      warmUp.trial(middle - start, (long) vectors * steps);
    }
  }
}
