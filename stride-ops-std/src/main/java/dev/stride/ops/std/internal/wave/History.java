package dev.stride.ops.std.internal.wave;

import dev.stride.api.Saved;
import java.util.ArrayList;
import java.util.List;

/**
 * What the adjoint needs of the forward run: {@code L p[n] + source} of every step, compact.
 *
 * <p>Steps lie in arrays of up to 32 MiB, less what an array's header takes, so that the
 * collector's regions, whose sizes are powers of two, hold them without waste.
 *
 * @param <A> array type of the fields
 */
public final class History<A> implements Saved {

  private static final long CHUNK_BYTES = (32L << 20) - 64;

  private final Precision<A> precision;
  private final ArrayPool pool;
  private final int stepSize;
  private final int stepsPerChunk;
  private final int chunkCount;
  private final List<A> chunks = new ArrayList<>();

  /** Room for a number of steps, taken from the pool as they are recorded. */
  History(Precision<A> precision, ArrayPool pool, int steps, int stepSize) {
    this.precision = precision;
    this.pool = pool;
    this.stepSize = stepSize;
    long fitting = CHUNK_BYTES / precision.bytes() / stepSize;
    this.stepsPerChunk = Math.clamp(fitting, 1, Math.max(1, steps));
    this.chunkCount = Math.ceilDiv(steps, stepsPerChunk);
  }

  /** The array that holds a step; steps are recorded in order. */
  A array(int step) {
    int chunk = step / stepsPerChunk;
    if (chunk == chunks.size()) {
      chunks.add(pool.take(precision, stepsPerChunk * stepSize));
    }
    return chunks.get(chunk);
  }

  /** Where the step begins in its array. */
  int at(int step) {
    return step % stepsPerChunk * stepSize;
  }

  @Override
  public long bytes() {
    return (long) chunkCount * stepsPerChunk * stepSize * precision.bytes();
  }

  @Override
  public void close() {
    chunks.forEach(chunk -> pool.give(precision, chunk));
    chunks.clear();
  }
}
