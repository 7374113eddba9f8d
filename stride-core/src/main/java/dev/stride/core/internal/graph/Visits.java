package dev.stride.core.internal.graph;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The visits of a run, each found by its node. */
abstract sealed class Visits permits OwnedVisits, VisitTable {

  /** The visit of a node; null if it has none. */
  abstract @Nullable Visit find(GraphNode node);

  /** Adds the visit of a node that has none. */
  abstract Visit add(GraphNode node);

  /** Lets nodes go that belong to the run. */
  abstract void giveBack(Collection<Visit> visits);
}
