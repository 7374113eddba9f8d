package dev.stride.core.internal.engine;

import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.GradientCell;
import dev.stride.core.internal.graph.GradientCell.Accumulated;
import dev.stride.core.internal.graph.Spaces;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * New gradients for some leaves, which get them all at once: at once on the heap, and otherwise
 * when the device has computed the sums with what the leaves had. Where one of them has changed
 * until then, the sums are made anew.
 */
final class Publication {

  private final Publisher lock;
  private final Spaces spaces;
  private final Executor executor;
  private final Supplier<Map<GradientCell, Accumulated>> sums;
  private final Pending<Boolean> done = new Pending<>();

  /**
   * A publication.
   *
   * @param lock guards the leaves
   * @param sums what the leaves are to have, given what they have
   */
  Publication(
      Publisher lock,
      Spaces spaces,
      Executor executor,
      Supplier<Map<GradientCell, Accumulated>> sums) {
    this.lock = lock;
    this.spaces = spaces;
    this.executor = executor;
    this.sums = sums;
  }

  /** Completes when all leaves have changed; fails where none has. */
  Pending<Boolean> done() {
    return done;
  }

  /** Publishes if all is there, otherwise when it is. Throws what adding throws. */
  void attempt() {
    Map<GradientCell, Accumulated> before = new LinkedHashMap<>();
    Map<GradientCell, Accumulated> after;
    CompletionStage<?> arrival;
    synchronized (lock) {
      after = sums.get();
      after.keySet().forEach(cell -> before.put(cell, cell.get()));
      arrival = arrival(after);
      if (arrival == null) {
        replace(after);
      }
    }
    if (arrival == null) {
      done.complete(true);
    } else {
      arrival.whenComplete((there, failure) -> goOn(() -> conclude(before, after, failure)));
    }
  }

  private @Nullable CompletionStage<?> arrival(Map<GradientCell, Accumulated> after) {
    CompletionStage<?> all = null;
    for (Map.Entry<GradientCell, Accumulated> entry : after.entrySet()) {
      String leaf = entry.getKey().name();
      all = and(all, spaces.arrival(entry.getValue().gradient()), leaf);
      all = and(all, spaces.arrival(entry.getValue().preconditioner()), leaf);
    }
    return all;
  }

  private static @Nullable CompletionStage<?> and(
      @Nullable CompletionStage<?> all, @Nullable CompletionStage<?> one, String leaf) {
    if (one == null) {
      return all;
    }
    CompletionStage<?> named =
        one.handle((there, failure) -> {
          if (failure != null) {
            throw new CompletionException(LateValues.missing(leaf, failure));
          }
          return true;
        });
    return all == null ? named : all.thenCombine(named, (a, b) -> true);
  }

  private void goOn(Runnable step) {
    try {
      executor.execute(step);
    } catch (Throwable refusal) {
      done.fail(refusal);
    }
  }

  private void conclude(
      Map<GradientCell, Accumulated> before,
      Map<GradientCell, Accumulated> after,
      @Nullable Throwable failure) {
    if (failure != null) {
      done.fail(Failures.unwrap(failure));
    } else if (replaced(before, after)) {
      done.complete(true);
    } else {
      attemptAgain();
    }
  }

  private boolean replaced(
      Map<GradientCell, Accumulated> before, Map<GradientCell, Accumulated> after) {
    synchronized (lock) {
      boolean same = before.entrySet().stream().allMatch(e -> e.getKey().get() == e.getValue());
      if (same) {
        replace(after);
      }
      return same;
    }
  }

  private void replace(Map<GradientCell, Accumulated> after) {
    after.forEach((cell, sum) -> {
      spaces.handOut(sum.gradient());
      spaces.handOut(sum.preconditioner());
      cell.set(sum);
    });
  }

  private void attemptAgain() {
    try {
      attempt();
    } catch (Throwable failure) {
      done.fail(failure);
    }
  }
}
