package dev.stride.core.internal.engine;

import dev.stride.api.StrideException;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.GradientCell;
import dev.stride.core.internal.graph.GradientCell.Accumulated;
import dev.stride.core.internal.graph.LeafNode;
import dev.stride.core.internal.graph.Spaces;
import dev.stride.core.internal.graph.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Adds gradients to leaves: to all that are given or, if one cannot be, to none. */
final class Publisher {

  private final Spaces spaces;
  private final Executor executor;

  /** Goes on, where it had to wait for a device, on an executor. */
  Publisher(Spaces spaces, Executor executor) {
    this.spaces = spaces;
    this.executor = executor;
  }

  /** Adds to every leaf, in order; done when all have changed, or failed and none has. */
  Pending<Boolean> publish(List<Contribution> contributions) {
    return publish(
        () -> {
          Map<GradientCell, Accumulated> sums = new LinkedHashMap<>();
          for (Contribution one : contributions) {
            Accumulated before = sums.getOrDefault(one.cell, one.cell.get());
            sums.put(one.cell, plus(one.cell, before, one.value));
          }
          return sums;
        },
        () -> letGo(contributions));
  }

  /** The sums that contributions went into are made, or never will be. */
  void letGo(List<Contribution> contributions) {
    for (Contribution one : contributions) {
      spaces.letGo(one.value.gradient());
      spaces.letGo(one.value.preconditioner());
    }
  }

  /** Replaces what leaves had before by totals that start with it; adds if others came between. */
  Pending<Boolean> publish(Map<GradientCell, Totals> totals) {
    return publish(
        () -> {
          Map<GradientCell, Accumulated> sums = new LinkedHashMap<>();
          totals.forEach((cell, total) -> sums.put(cell, total.replacing(cell.get())));
          return sums;
        },
        () -> totals.values().forEach(Totals::letGo));
  }

  private Pending<Boolean> publish(
      Supplier<Map<GradientCell, Accumulated>> sums, Runnable afterwards) {
    Publication publication = new Publication(this, spaces, executor, sums);
    try {
      publication.attempt();
    } catch (Throwable failure) {
      afterwards.run();
      throw failure;
    }
    if (spaces.haveCustody()) {
      publication.done().whenDone(afterwards);
    }
    return publication.done();
  }

  /** Forgets a gradient. */
  synchronized void clear(GradientCell cell) {
    cell.set(GradientCell.NOTHING);
  }

  Accumulated plus(GradientCell cell, Accumulated a, Accumulated b) {
    return new Accumulated(
        plus(cell, a.gradient(), b.gradient()), plus(cell, a.preconditioner(), b.preconditioner()));
  }

  private @Nullable Object plus(GradientCell cell, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    checkSame(spaces, cell, a, b);
    VectorSpace<Object> space = spaces.of(a);
    return space.add(a, b);
  }

  static void checkSame(Spaces spaces, GradientCell cell, Object had, Object comes) {
    if (!spaces.spec(had).equals(spaces.spec(comes))) {
      throw new StrideException(
          "GradientShape",
          "variable '"
              + cell.name()
              + "' has a gradient of "
              + spaces.spec(had)
              + ", and this run adds one of "
              + spaces.spec(comes)
              + ". Call clearGrad() after a set() that changes the shape.");
    }
  }

  /**
   * What a run adds to a leaf.
   *
   * @param value gradient and preconditioner
   */
  record Contribution(GradientCell cell, Accumulated value) {

    /** Everything that a run adds to leaves, in topological order, held. To be taken once. */
    static List<Contribution> of(RunContext run) {
      Spaces spaces = run.engine().spaces();
      List<Contribution> found = new ArrayList<>();
      for (Visit visit : run.plan().leaves()) {
        if (visit.isWanted() && visit.node() instanceof LeafNode leaf) {
          Accumulated sum =
              new Accumulated(visit.take(0, spaces), visit.takePreconditioner(spaces));
          found.add(new Contribution(leaf.cell(), sum));
        }
      }
      return found;
    }
  }
}
