package dev.stride.core.internal.graph;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The visits of a run that has its graph alone: a call's node knows its own, and belongs to the run
 * as soon as it has one. Leaves, which other runs visit at the same time, are in a table.
 *
 * <p>To be used under the lock of {@link Claims}.
 */
final class OwnedVisits extends Visits {

  private final RunLabel run;
  private final VisitTable leaves = new VisitTable();

  OwnedVisits(RunLabel run) {
    this.run = run;
  }

  @Override
  @Nullable Visit find(GraphNode node) {
    return node instanceof CallNode call ? call.visitIn(run) : leaves.find(node);
  }

  @Override
  Visit add(GraphNode node) {
    if (!(node instanceof CallNode call)) {
      return leaves.add(node);
    }
    Claims.check(call, run, false);
    Visit visit = new Visit(call, run);
    call.own(visit);
    return visit;
  }

  @Override
  void giveBack(Collection<Visit> visits) {
    for (Visit visit : visits) {
      if (visit.node() instanceof CallNode call) {
        call.own(null);
      }
    }
  }
}
