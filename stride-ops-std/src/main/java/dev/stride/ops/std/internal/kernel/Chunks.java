package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Parallel;

/** Splits ranges into chunks of a fixed size, so that results do not depend on the threads. */
public final class Chunks {

  /** Elements of a chunk: large against the cost of handing it out, small against a cache. */
  public static final int ELEMENTS = 1 << 14;

  private static final int LARGEST = 8 * ELEMENTS;
  private static final int CHUNKS_PER_THREAD = 16;

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
   * Covers {@code [0, count)} by chunks that are the larger the more elements a thread gets, but
   * enough that threads end together: for work on each element that depends on no other.
   */
  static void coverElements(Parallel parallel, int count, Body body) {
    int share = count / (CHUNKS_PER_THREAD * parallel.threads());
    int size = Math.clamp(share, ELEMENTS, LARGEST) / ELEMENTS * ELEMENTS;
    cover(parallel, count, size, body);
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

  /** One number made of the elements of a range. */
  @FunctionalInterface
  interface Part {
    double of(int from, int to);
  }

  /** A number for each {@link #ELEMENTS} elements, several handed out together where many are. */
  static double[] parts(Parallel parallel, int count, Part part) {
    double[] parts = new double[number(count, ELEMENTS)];
    coverElements(
        parallel,
        count,
        (from, to) -> {
          for (int c = from / ELEMENTS; c < number(to, ELEMENTS); c++) {
            parts[c] = part.of(c * ELEMENTS, (int) Math.min((c + 1L) * ELEMENTS, to));
          }
        });
    return parts;
  }

  /** Number of chunks of {@code size} that cover {@code count} elements. */
  static int number(int count, int size) {
    return (int) ((count + size - 1L) / size);
  }
}
