package dev.stride.core.internal.graph;

import dev.stride.api.spi.VectorSpace;
import dev.stride.api.spi.VectorSpace.Accumulator;
import org.jspecify.annotations.Nullable;

/**
 * Sums the terms that arrive for one output of a node, in the order of their ranks whatever the
 * order of their arrival, so that the sum is bitwise the same for every schedule.
 *
 * <p>A prefix that is complete is summed early: terms are held only while one before them is
 * missing. Who adds a term has it held, and who takes the sum lets go of it.
 */
public final class OrderedSum {

  private static final Object NOTHING = new Object();

  private int terms;
  private int planned;
  private int next;
  private @Nullable Object first;
  private @Nullable Accumulator<Object> rest;
  private @Nullable Object @Nullable [] early;

  /** Expects one term more. */
  void expect() {
    terms++;
  }

  /** Gives the next term its rank. */
  int rank() {
    return planned++;
  }

  /** Number of terms. */
  int terms() {
    return terms;
  }

  /** Takes a term, or null for one that adds nothing; by how many the values held here change. */
  int add(int rank, @Nullable Object term, Spaces spaces) {
    if (terms == 1) {
      first = term;
      return term == null ? 0 : 1;
    }
    return addOrdered(rank, term, spaces);
  }

  private synchronized int addOrdered(int rank, @Nullable Object term, Spaces spaces) {
    if (rank != next) {
      holdEarly(rank, term);
      return term == null ? 0 : 1;
    }
    int change = term == null ? 0 : 1;
    change -= commit(term, spaces);
    while (early != null && next < terms && early[next] != null) {
      Object held = early[next];
      early[next] = null;
      change -= commit(held == NOTHING ? null : held, spaces);
    }
    return change;
  }

  private void holdEarly(int rank, @Nullable Object term) {
    if (early == null) {
      early = new @Nullable Object[terms];
    }
    early[rank] = term == null ? NOTHING : term;
  }

  /** Adds the next term; 1 if it went into a sum that is held already. */
  private int commit(@Nullable Object term, Spaces spaces) {
    next++;
    if (term == null) {
      return 0;
    }
    if (first == null) {
      first = term;
      return 0;
    }
    if (rest == null) {
      Object begun = first;
      rest = begin(begun, spaces);
      rest.add(term);
      first = NOTHING;
      spaces.letGo(begun);
    } else {
      rest.add(term);
    }
    spaces.letGo(term);
    return 1;
  }

  private static Accumulator<Object> begin(Object first, Spaces spaces) {
    VectorSpace<Object> space = spaces.of(first);
    Accumulator<Object> sum = space.accumulator(space.spec(first));
    sum.add(first);
    return sum;
  }

  /** The sum; null if nothing arrived. Nothing may be added after this. */
  synchronized @Nullable Object take(Spaces spaces) {
    commitLeftOver(spaces);
    Object sum = rest == null ? first : rest.sum();
    if (rest != null) {
      spaces.hold(sum);
    }
    first = null;
    rest = null;
    return sum;
  }

  /** The sum, which stays to be taken; null if nothing arrived. Nothing may be added after this. */
  synchronized @Nullable Object settle(Spaces spaces) {
    first = take(spaces);
    return first;
  }

  /** Terms that stayed behind one that never came, since it adds nothing. */
  private void commitLeftOver(Spaces spaces) {
    if (early != null) {
      for (Object held : early) {
        commit(held == NOTHING ? null : held, spaces);
      }
      early = null;
    }
  }
}
