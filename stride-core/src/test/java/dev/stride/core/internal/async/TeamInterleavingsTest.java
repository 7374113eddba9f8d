package dev.stride.core.internal.async;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.api.Parallel;
import dev.stride.core.fixtures.Interleavings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E24. A team runs loop after loop: each chunk once, in its own loop, in every schedule. */
@Tag("interleavings")
class TeamInterleavingsTest {

  private static final int THREADS = 2;

  @Test
  void each_chunk_of_each_loop_runs_once_and_in_its_loop() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          int[] loopOf = shared(new int[3]);
          pool()
              .team(own -> {
                Parallel team = shared(own);
                team.run(2, chunk -> loopOf[chunk] += 1);
                check(loopOf[0] == 1 && loopOf[1] == 1, "the first loop has ended too early");
                team.run(3, chunk -> loopOf[chunk] += 10);
                return team;
              });
          check(loopOf[0] == 11 && loopOf[1] == 11 && loopOf[2] == 10, "missing, or doubled");
        });
  }

  @Test
  void loop_that_throws_leaves_nothing_to_the_next() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          int[] ran = shared(new int[2]);
          IllegalStateException boom = new IllegalStateException("boom");
          pool()
              .team(own -> {
                Parallel team = shared(own);
                check(thrownBy(team, boom) == boom, "the loop hides its failure");
                team.run(2, chunk -> ran[chunk]++);
                return team;
              });
          check(ran[0] == 1 && ran[1] == 1, "the second loop is not whole");
        });
  }

  private static @Nullable Throwable thrownBy(Parallel team, IllegalStateException failure) {
    try {
      team.run(
          3,
          chunk -> {
            throw failure;
          });
      return null;
    } catch (IllegalStateException e) {
      return e;
    }
  }

  private static Parallel pool() {
    return new ComputePool(THREADS, Interleavings.threads()).parallel();
  }
}
