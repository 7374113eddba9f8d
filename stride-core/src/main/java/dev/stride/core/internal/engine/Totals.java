package dev.stride.core.internal.engine;

import dev.stride.api.spi.VectorSpace;
import dev.stride.api.spi.VectorSpace.Accumulator;
import dev.stride.core.internal.graph.GradientCell;
import dev.stride.core.internal.graph.GradientCell.Accumulated;
import dev.stride.core.internal.graph.Spaces;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of one leaf over many runs: what the leaf had, then each run's, added in order as
 * publishing each run by itself would.
 */
final class Totals {

  private final Spaces spaces;
  private final GradientCell cell;
  private final Accumulated start;
  private final Total gradient;
  private final Total preconditioner;

  Totals(Spaces spaces, GradientCell cell) {
    this.spaces = spaces;
    this.cell = cell;
    this.start = cell.get();
    this.gradient = new Total(start.gradient());
    this.preconditioner = new Total(start.preconditioner());
  }

  /** Takes what is held, and lets go of it when it is in a sum. */
  void add(Accumulated more) {
    gradient.add(more.gradient());
    preconditioner.add(more.preconditioner());
  }

  /** The leaf has its sum, or never gets it. */
  void letGo() {
    spaces.letGo(gradient.sum());
    spaces.letGo(preconditioner.sum());
  }

  /** The totals, if the leaf still has what they start with; else what it has and the new part. */
  Accumulated replacing(Accumulated now) {
    Object total = gradient.sum();
    Object weights = preconditioner.sum();
    return now == start
        ? new Accumulated(total, weights)
        : new Accumulated(
            rebased(now.gradient(), start.gradient(), total),
            rebased(now.preconditioner(), start.preconditioner(), weights));
  }

  private @Nullable Object rebased(
      @Nullable Object now, @Nullable Object before, @Nullable Object total) {
    Object added = before == null || total == null ? total : minus(total, before);
    return now == null || added == null ? (now == null ? added : now) : plus(now, added);
  }

  private Object minus(Object a, Object b) {
    VectorSpace<Object> space = spaces.of(a);
    return space.add(a, space.scale(b, -1));
  }

  private Object plus(Object a, Object b) {
    VectorSpace<Object> space = spaces.of(a);
    return space.add(a, b);
  }

  private final class Total {

    private @Nullable Object first;
    private @Nullable Accumulator<Object> sum;

    private Total(@Nullable Object first) {
      this.first = first;
      spaces.hold(first);
    }

    private void add(@Nullable Object term) {
      if (term == null) {
        return;
      }
      if (first == null) {
        first = term;
        return;
      }
      Publisher.checkSame(spaces, cell, first, term);
      if (sum == null) {
        VectorSpace<Object> space = spaces.of(first);
        sum = space.accumulator(space.spec(first));
        sum.add(first);
        sum.add(term);
        spaces.letGo(first);
      } else {
        sum.add(term);
      }
      spaces.letGo(term);
    }

    /** Nothing is added after this, but it can be asked again. */
    private @Nullable Object sum() {
      if (sum != null) {
        first = sum.sum();
        spaces.hold(first);
        sum = null;
      }
      return first;
    }
  }
}
