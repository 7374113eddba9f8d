package dev.stride.core.internal.graph;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import dev.stride.core.internal.graph.RunPlan.Root;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E20. Runs that overlap on a graph are told so before they start, in every schedule. */
@Tag("interleavings")
class ClaimsInterleavingsTest {

  private final Claims claims = new Claims();

  @Test
  void one_of_two_runs_that_release_gets_the_nodes_that_they_share() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          LeafNode leaf = Nodes.leaf();
          CallNode node = shared(Nodes.call(leaf));
          CallNode one = Nodes.call(node);
          CallNode other = Nodes.call(node);
          @Nullable RunPlan[] plans = new @Nullable RunPlan[2];
          race(
              () -> plans[0] = plan(one, new RunLabel(1, "one"), false),
              () -> plans[1] = plan(other, new RunLabel(2, "other"), false));
          check((plans[0] == null) != (plans[1] == null), "one of the two gets them");
          CallNode refused = plans[0] == null ? one : other;
          check(refused.owner() == null, "the run that was refused keeps its root");
        });
  }

  @Test
  void run_that_releases_never_has_a_node_with_one_that_retains_it() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          CallNode node = shared(Nodes.call(Nodes.leaf()));
          AtomicInteger retaining = new AtomicInteger();
          AtomicInteger releasing = new AtomicInteger();
          race(
              () -> use(node, true, retaining, releasing),
              () -> use(node, false, releasing, retaining));
          check(!node.isRead(), "a claim was not given back");
          check(plan(node, new RunLabel(2, "last"), false) != null, "nobody is left");
        });
  }

  private void use(CallNode node, boolean retain, AtomicInteger own, AtomicInteger other) {
    RunPlan plan = plan(node, new RunLabel(1, "run"), retain);
    if (plan != null) {
      own.incrementAndGet();
      check(other.get() == 0, "two runs have the node");
      own.decrementAndGet();
      claims.giveBack(plan, retain);
    }
  }

  /** The plan of a run that has claimed its nodes; null if it was refused. */
  private @Nullable RunPlan plan(CallNode root, RunLabel run, boolean retain) {
    try {
      return claims.plan(List.of(new Root(root, 0)), run, retain);
    } catch (IllegalStateException refused) {
      return null;
    }
  }
}
