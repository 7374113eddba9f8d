package dev.stride.core.internal.async;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.api.Parallel;
import dev.stride.core.fixtures.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E24. Chunks run once each, and whoever started them waits for all of them, in every schedule. */
@Tag("interleavings")
class ChunksInterleavingsTest {

  @Test
  void each_chunk_runs_once_and_has_ended_when_the_loop_ends() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          int[] ran = shared(new int[3]);
          Chunks chunks = new Chunks(ran.length, chunk -> ran[chunk]++);
          race(
              chunks,
              () -> {
                chunks.run();
                chunks.await();
                check(ran[0] == 1 && ran[1] == 1 && ran[2] == 1, "a chunk is missing, or doubled");
              });
        });
  }

  @Test
  void nothing_runs_any_more_when_the_loop_has_thrown() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          AtomicInteger inside = new AtomicInteger();
          IllegalStateException boom = new IllegalStateException("boom");
          Chunks chunks =
              new Chunks(
                  3,
                  chunk -> {
                    inside.incrementAndGet();
                    try {
                      if (chunk < 2) {
                        throw boom;
                      }
                    } finally {
                      inside.decrementAndGet();
                    }
                  });
          race(
              chunks,
              () -> {
                chunks.run();
                check(thrownBy(chunks) == boom, "the loop hides its failure");
                check(inside.get() == 0, "a chunk runs after the loop has ended");
              });
        });
  }

  private static @Nullable Throwable thrownBy(Chunks chunks) {
    try {
      chunks.await();
      return null;
    } catch (IllegalStateException e) {
      return e;
    }
  }

  @Test
  void loops_inside_chunks_end_though_the_pool_has_one_thread_to_lend() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          Parallel parallel = new ComputePool(2, Interleavings.threads()).parallel();
          int[][] ran = shared(new int[2][2]);
          parallel.run(2, outer -> parallel.run(2, inner -> ran[outer][inner]++));
          check(ran[0][0] * ran[0][1] * ran[1][0] * ran[1][1] == 1, "missing, or doubled");
        });
  }
}
