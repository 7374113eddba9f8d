package dev.stride.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Parallel;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops over chunks on the one pool, and teams that stay together over many of them. */
class PoolParallelTest {

  private final ComputePool pool = new ComputePool(3, null);
  private final Parallel parallel = pool.parallel();

  @AfterEach
  void close() {
    pool.close(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 1000})
  void run_runs_every_chunk_once(int chunks) {
    AtomicIntegerArray ran = new AtomicIntegerArray(chunks);
    parallel.run(chunks, ran::incrementAndGet);
    for (int chunk = 0; chunk < chunks; chunk++) {
      assertThat(ran.get(chunk)).isEqualTo(1);
    }
  }

  @Test
  void run_inside_run_ends_although_every_thread_is_busy() {
    AtomicInteger ran = new AtomicInteger();
    parallel.run(8, outer -> parallel.run(8, inner -> ran.incrementAndGet()));
    assertThat(ran).hasValue(64);
  }

  @Test
  void run_ends_without_any_other_thread() {
    ManualExecutor never = new ManualExecutor();
    ComputePool alone = new ComputePool(4, never);
    AtomicInteger ran = new AtomicInteger();
    alone.parallel().run(10, chunk -> ran.incrementAndGet());
    assertThat(ran).hasValue(10);
    never.runAll(); // Helpers that come too late find nothing.
    assertThat(ran).hasValue(10);
  }

  @Test
  void run_throws_the_first_failure_and_skips_the_rest() {
    AtomicInteger ran = new AtomicInteger();
    IllegalStateException boom = new IllegalStateException("boom");
    assertThatThrownBy(() ->
            parallel.run(
                100_000,
                chunk -> {
                  ran.incrementAndGet();
                  throw boom;
                }))
        .isSameAs(boom);
    assertThat(ran.get()).isLessThanOrEqualTo(3);
  }

  /** The caller has chunk 0, and lets a helper fail with chunk 1 first. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failure_of_the_lowest_chunk_is_thrown_whichever_comes_first(boolean inTeam) {
    ManualExecutor helpers = new ManualExecutor();
    ComputePool two = new ComputePool(2, helpers);
    IllegalStateException low = new IllegalStateException("chunk 0");
    IllegalStateException high = new IllegalStateException("chunk 1");
    IntConsumer body =
        chunk -> {
          if (chunk == 0) {
            helpers.runNext();
            throw low;
          }
          two.execute(() -> {}); // A helper of a team leaves when other work waits.
          throw high;
        };
    assertThatThrownBy(() ->
            two.parallel()
                .team(team -> {
                  (inTeam ? team : two.parallel()).run(2, body);
                  return true;
                }))
        .isSameAs(low)
        .hasSuppressedException(high);
  }

  @Test
  void team_runs_every_chunk_of_every_loop_once() {
    int loops = 2000;
    int[] sums = new int[64];
    parallel.team(team -> {
      for (int loop = 0; loop < loops; loop++) {
        team.run(1 + loop % sums.length, chunk -> sums[chunk]++);
      }
      return sums;
    });
    int[] expected = new int[sums.length];
    for (int loop = 0; loop < loops; loop++) {
      for (int chunk = 0; chunk <= loop % sums.length; chunk++) {
        expected[chunk]++;
      }
    }
    assertThat(Arrays.stream(sums).sum()).isEqualTo(Arrays.stream(expected).sum());
    assertThat(sums).isEqualTo(expected);
  }

  @Test
  void team_works_with_the_threads_of_the_pool_only() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    parallel.team(team -> {
      team.run(
          3,
          chunk -> {
            seen.add(Thread.currentThread());
            while (seen.size() < 2) {
              Thread.onSpinWait(); // Until another thread has taken a chunk.
            }
          });
      return true;
    });
    assertThat(seen).hasSizeBetween(2, 3);
    seen.remove(Thread.currentThread());
    assertThat(seen).allMatch(thread -> thread.getName().contains("-compute-"));
  }

  @Test
  void team_throws_what_a_chunk_threw_and_goes_on_with_the_next_loop() {
    AtomicInteger later = new AtomicInteger();
    IllegalArgumentException boom = new IllegalArgumentException("boom");
    parallel.team(team -> {
      assertThatThrownBy(() ->
              team.run(
                  50,
                  chunk -> {
                    throw boom;
                  }))
          .isSameAs(boom);
      team.run(50, chunk -> later.incrementAndGet());
      return true;
    });
    assertThat(later).hasValue(50);
  }

  @Test
  void team_used_inside_its_own_loop_runs_the_inner_loop_alone() {
    AtomicInteger ran = new AtomicInteger();
    parallel.team(team -> {
      team.run(4, outer -> team.run(5, inner -> ran.incrementAndGet()));
      return true;
    });
    assertThat(ran).hasValue(20);
  }

  @Test
  void helpers_of_a_team_leave_when_other_work_waits() {
    CountDownLatch done = new CountDownLatch(4);
    parallel.team(team -> {
      team.run(100, chunk -> {});
      for (int i = 0; i < 4; i++) {
        pool.execute(done::countDown);
      }
      Waiting.on(done); // While the team is still open.
      return true;
    });
    assertThat(done.getCount()).isZero();
  }

  @Test
  void close_ends_the_threads() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch started = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      pool.execute(() -> {
        threads.add(Thread.currentThread());
        started.countDown();
        Waiting.on(started);
      });
    }
    Waiting.on(started);
    pool.close(Duration.ofSeconds(10));
    Waiting.until(() -> threads.stream().noneMatch(Thread::isAlive));
    assertThat(threads).hasSize(3);
  }
}
