package dev.stride.core.internal.async;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pending value has one outcome, and whatever waits for it runs once, in every schedule. */
@Tag("interleavings")
class PendingInterleavingsTest {

  @Test
  void one_of_two_outcomes_wins_and_everybody_sees_that_one() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Pending<String> pending = shared(new Pending<>());
          boolean[] won = new boolean[2];
          race(
              () -> won[0] = pending.complete("value"),
              () -> won[1] = pending.fail(new IllegalStateException()),
              () -> {
                String seen = pending.now();
                Throwable failure = pending.failure();
                check(seen == null || failure == null, "both a value and a failure");
                check(seen == null || pending.isDone(), "a value before the outcome");
              });
          check(won[0] != won[1], "one of two outcomes wins");
          check(won[0] == "value".equals(pending.now()), "the value is that of the winner");
          check(won[1] == (pending.failure() != null), "the failure is that of the winner");
        });
  }

  @Test
  void whatever_waits_runs_once_and_after_the_outcome() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Pending<String> pending = shared(new Pending<>());
          AtomicInteger ran = new AtomicInteger();
          Runnable then =
              () -> {
                check("value".equals(pending.now()), "it ran before the outcome");
                ran.incrementAndGet();
              };
          race(
              () -> pending.whenDone(then),
              () -> pending.whenDone(then),
              () -> pending.complete("value"));
          check(ran.get() == 2, "two waited; so many ran: " + ran);
        });
  }

  @Test
  void what_one_thread_attaches_runs_in_that_order() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          Pending<String> pending = shared(new Pending<>());
          List<Integer> order = new ArrayList<>();
          boolean[] attached = new boolean[2];
          race(
              () -> {
                attached[0] = pending.attach(() -> order.add(1));
                attached[1] = pending.attach(() -> order.add(2));
              },
              () -> pending.complete("value"));
          check(attached[0] || !attached[1], "refused, then accepted");
          check(order.equals(expected(attached)), "ran " + order);
        });
  }

  private static List<Integer> expected(boolean[] attached) {
    if (attached[1]) {
      return List.of(1, 2);
    }
    return attached[0] ? List.of(1) : List.of();
  }

  @Test
  void future_follows_an_outcome_that_comes_as_it_is_made() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          Pending<String> pending = shared(new Pending<>());
          List<CompletableFuture<String>> futures = new ArrayList<>();
          race(() -> futures.add(pending.future()), () -> pending.complete("value"));
          check("value".equals(futures.getFirst().getNow(null)), "the future misses the outcome");
        });
  }
}
