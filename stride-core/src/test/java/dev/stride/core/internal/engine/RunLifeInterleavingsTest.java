package dev.stride.core.internal.engine;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import dev.stride.core.internal.engine.HandedOut.Task;
import dev.stride.core.internal.engine.RunLife.Timer;
import dev.stride.core.internal.graph.RunLabel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E13, E19. A run is over once, and the first who stops it says why, in every schedule. */
@Tag("interleavings")
class RunLifeInterleavingsTest {

  private static final Timer NEVER = (time, action) -> () -> {};
  private static final Timer AT_ONCE =
      (time, action) -> {
        action.run();
        return () -> {};
      };

  @Test
  void a_run_is_over_once_when_the_last_has_left() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Watched run = shared(new Watched(Runnable::run, NEVER));
          check(run.life.claimBeginning(), "somebody else began it");
          run.life.enter();
          run.inside.set(2);
          race(run::leave, run::leave, () -> run.life.stop(reason("first")));
          check(run.overs.get() == 1, "it was over " + run.overs + " times");
          check(!run.early, "it was over before the last had left");
        });
  }

  @Test
  void a_run_that_is_stopped_as_it_begins_is_over_once() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Watched run = shared(new Watched(Runnable::run, NEVER));
          race(
              () -> {
                if (run.life.claimBeginning()) {
                  run.inside.incrementAndGet();
                  check(run.overs.get() == 0, "it begins after it was over");
                  run.leave();
                }
              },
              () -> run.life.stop(reason("first")));
          check(run.overs.get() == 1, "it was over " + run.overs + " times");
          check(!run.early, "it was over while it began");
        });
  }

  @Test
  void the_first_who_stops_a_run_says_why() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Watched run = shared(new Watched(Runnable::run, NEVER));
          AtomicInteger firsts = shared(new AtomicInteger());
          Throwable one = reason("one");
          Throwable other = reason("other");
          check(run.life.claimBeginning(), "somebody else began it");
          race(
              () -> firsts.addAndGet(run.life.stop(one) ? 1 : 0),
              () -> firsts.addAndGet(run.life.stop(other) ? 2 : 0));
          run.life.leave();
          Throwable told = run.life.decide(0, 0);
          check(told == (firsts.get() == 1 ? one : other), "told " + told + " by " + firsts);
          check(run.overs.get() == 1, "it was over " + run.overs + " times");
        });
  }

  @Test
  void a_run_succeeds_or_is_stopped_and_everybody_is_told_the_same() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Watched run = shared(new Watched(Runnable::run, NEVER));
          AtomicInteger stopped = shared(new AtomicInteger());
          check(run.life.claimBeginning(), "somebody else began it");
          race(run.life::leave, () -> stopped.addAndGet(run.life.stop(reason("late")) ? 1 : 0));
          check(
              (stopped.get() == 1) == run.failed, "stopped " + stopped + ", failed " + run.failed);
        });
  }

  @Test
  void what_is_handed_out_runs_or_is_dropped_once_and_the_run_is_over() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Interleavings.Threads pool = Interleavings.threads();
          Watched run = shared(new Watched(pool, NEVER));
          AtomicInteger done = shared(new AtomicInteger());
          check(run.life.claimBeginning(), "somebody else began it");
          race(
              () -> {
                run.life.enter();
                run.life.handOut(leaving(run, done));
                run.life.leave();
              },
              () -> run.life.stop(reason("first")));
          pool.await();
          check(done.get() == 1, "the task ended " + done + " times");
          check(run.overs.get() == 1, "it was over " + run.overs + " times");
        });
  }

  @Test
  void what_no_thread_begins_is_dropped_when_the_run_is_stopped() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Watched run = shared(new Watched(task -> {}, NEVER));
          AtomicInteger done = shared(new AtomicInteger());
          check(run.life.claimBeginning(), "somebody else began it");
          race(
              () -> {
                run.life.enter();
                run.life.handOut(leaving(run, done));
                run.life.leave();
              },
              () -> run.life.stop(reason("first")));
          check(done.get() == 1, "the task was dropped " + done + " times");
          check(run.overs.get() == 1, "it was over " + run.overs + " times");
        });
  }

  @Test
  void a_run_whose_operators_are_given_up_is_over_once() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Watched run = shared(new Watched(Runnable::run, AT_ONCE));
          check(run.life.claimBeginning(), "somebody else began it");
          run.life.enter();
          race(run.life::leave, () -> run.life.stop(reason("first")), run.life::leave);
          check(run.overs.get() == 1, "it was over " + run.overs + " times");
        });
  }

  private static Task leaving(Watched run, AtomicInteger done) {
    return new Task() {
      @Override
      public void run() {
        drop();
      }

      @Override
      public void drop() {
        done.incrementAndGet();
        run.life.leave();
      }
    };
  }

  private static Throwable reason(String text) {
    return new IllegalStateException(text);
  }

  /** A life, how often it was over, whether somebody was inside then, and how it ended. */
  private static final class Watched {

    private final AtomicInteger overs = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final RunLife life;
    private volatile boolean failed;
    private volatile boolean early;

    private Watched(Executor pool, Timer timer) {
      life = new RunLife(pool, timer, Duration.ofSeconds(1), new RunLabel(1, "loss"), this::over);
    }

    private void leave() {
      inside.decrementAndGet();
      life.leave();
    }

    private void over() {
      early = inside.get() > 0;
      overs.incrementAndGet();
      failed = life.decide(0, 0) != null;
    }
  }
}
