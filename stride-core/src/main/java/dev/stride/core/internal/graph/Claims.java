package dev.stride.core.internal.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which runs may work on which nodes: one that releases the graph alone, or any number that
 * retain it. Claims are taken for all nodes of a run or for none, before any operator starts.
 */
public final class Claims {

  /** Claims all nodes for a run, or says why that cannot be and claims none. */
  public synchronized @Nullable String claim(List<Visit> visits, RunLabel run, boolean retain) {
    for (int i = 0; i < visits.size(); i++) {
      GraphNode node = visits.get(i).node();
      String conflict = conflict(node, retain);
      if (conflict != null) {
        giveBack(visits.subList(0, i), retain);
        return conflict;
      }
      take(node, run, retain);
    }
    return null;
  }

  /** Gives back what a run has claimed and not released. */
  public synchronized void giveBack(List<Visit> visits, boolean retained) {
    for (Visit visit : visits) {
      if (visit.node() instanceof CallNode call) {
        if (retained) {
          call.read(-1);
        } else {
          call.own(null);
        }
      }
    }
  }

  /** Why a node's graph cannot be run any more; null if it can. */
  public synchronized @Nullable String released(GraphNode node) {
    return node instanceof CallNode call && call.isReleased() ? conflict(call, true) : null;
  }

  private static void take(GraphNode node, RunLabel run, boolean retain) {
    if (node instanceof CallNode call) {
      if (retain) {
        call.read(1);
      } else {
        call.own(run);
      }
    }
  }

  private static @Nullable String conflict(GraphNode node, boolean retain) {
    if (!(node instanceof CallNode call)) {
      return null;
    }
    RunLabel owner = call.owner();
    if (call.isReleased()) {
      return "the graph was released by "
          + (owner == null ? "its engine, which is closed" : owner)
          + ". Give that run AdjointOptions.defaults().retaining() to run the graph again, or make"
          + " the calls again.";
    }
    if (owner != null) {
      return "the graph is in use by "
          + owner
          + ", which releases it. Wait for it and give both runs"
          + " AdjointOptions.defaults().retaining().";
    }
    if (call.isRead() && !retain) {
      return "the graph is in use by a run that retains it, and this run would release it. Wait for"
          + " that run, or give this one AdjointOptions.defaults().retaining().";
    }
    return null;
  }
}
