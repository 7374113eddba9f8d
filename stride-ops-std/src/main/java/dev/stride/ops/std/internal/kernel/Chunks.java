package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Parallel;

/** Splits ranges into chunks of a fixed size, so that results do not depend on the threads. */
public final class Chunks {

  /** Elements of a chunk: large against the cost of handing it out, small against a cache. */
  public static final int ELEMENTS = 1 << 14;

  private Chunks() {}

  /** What is done for the elements of one chunk. */
  @FunctionalInterface
  public interface Body {

    /** Works on the elements from {@code from}, inclusive, to {@code to}, exclusive. */
    void range(int from, int to);
  }

  /** Covers {@code [0, count)}; in one piece on the calling thread where it is short. */
  public static void cover(Parallel parallel, int count, Body body) {
    cover(parallel, count, ELEMENTS, body);
  }

  /**
   * Covers {@code [0, count)} by chunks of {@code size}; the last one may be shorter.
   *
   * @param size at least 1
   */
  public static void cover(Parallel parallel, int count, int size, Body body) {
    if (count <= size) {
      body.range(0, count);
    } else {
      int chunks = number(count, size);
      parallel.run(chunks, c -> body.range(c * size, (int) Math.min((c + 1L) * size, count)));
    }
  }

  /** Number of chunks of {@code size} that cover {@code count} elements. */
  static int number(int count, int size) {
    return (int) ((count + size - 1L) / size);
  }
}
