package dev.stride.core.internal.graph;

import dev.stride.core.internal.graph.RunPlan.Root;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which runs may work on which nodes: one that releases the graph alone, or any number that
 * retain it. Claims are taken for all nodes of a run or for none, before any operator starts.
 */
public final class Claims {

  /** Plans a run and claims all its nodes; throws, and claims none, if that cannot be. */
  public synchronized RunPlan plan(List<Root> roots, RunLabel run, boolean retain) {
    if (!retain) {
      return new RunPlan(roots, new OwnedVisits(run));
    }
    RunPlan plan = new RunPlan(roots);
    for (Visit visit : plan.order()) {
      if (visit.node() instanceof CallNode call) {
        check(call, run, true);
      }
    }
    read(plan, 1);
    return plan;
  }

  /** Gives back what a run has claimed and not released. */
  public synchronized void giveBack(RunPlan plan, boolean retained) {
    if (retained) {
      read(plan, -1);
    } else {
      plan.giveBack();
    }
  }

  private static void read(RunPlan plan, int change) {
    for (Visit visit : plan.order()) {
      if (visit.node() instanceof CallNode call) {
        call.read(change);
      }
    }
  }

  static void check(CallNode call, RunLabel run, boolean retain) {
    if (call.isTaken()) {
      String conflict = conflict(call, retain);
      if (conflict != null) {
        throw new IllegalStateException("variable '" + run.root() + "': " + conflict);
      }
    }
  }

  /** Why a node's graph cannot be run any more; null if it can. */
  public synchronized @Nullable String released(CallNode node) {
    return node.isReleased() ? conflict(node, true) : null;
  }

  private static @Nullable String conflict(CallNode call, boolean retain) {
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
