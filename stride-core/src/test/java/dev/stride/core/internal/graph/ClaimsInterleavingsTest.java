package dev.stride.core.internal.graph;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import dev.stride.core.internal.graph.RunPlan.Root;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** E20. Runs that overlap on a graph are told so before they start, in every schedule. */
class ClaimsInterleavingsTest {

  private final Claims claims = new Claims();

  @Test
  void one_of_two_runs_that_release_gets_the_nodes_that_they_share() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          LeafNode leaf = Nodes.leaf();
          CallNode node = shared(Nodes.call(leaf));
          List<Visit> one = plan(Nodes.call(node));
          List<Visit> other = plan(Nodes.call(node));
          @Nullable String[] conflicts = new @Nullable String[2];
          race(
              () -> conflicts[0] = claims.claim(one, new RunLabel(1, "one"), false),
              () -> conflicts[1] = claims.claim(other, new RunLabel(2, "other"), false));
          check((conflicts[0] == null) != (conflicts[1] == null), "one of the two gets them");
          List<Visit> refused = conflicts[0] == null ? other : one;
          check(owner(refused.getFirst()) == null, "the run that was refused keeps its root");
        });
  }

  @Test
  void run_that_releases_never_has_a_node_with_one_that_retains_it() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          CallNode node = shared(Nodes.call(Nodes.leaf()));
          List<Visit> visits = plan(node);
          AtomicInteger retaining = new AtomicInteger();
          AtomicInteger releasing = new AtomicInteger();
          race(
              () -> use(visits, true, retaining, releasing),
              () -> use(visits, false, releasing, retaining));
          check(!node.isRead(), "a claim was not given back");
          check(claims.claim(visits, new RunLabel(2, "last"), false) == null, "nobody is left");
        });
  }

  private void use(List<Visit> visits, boolean retain, AtomicInteger own, AtomicInteger other) {
    if (claims.claim(visits, new RunLabel(1, "run"), retain) == null) {
      own.incrementAndGet();
      check(other.get() == 0, "two runs have the node");
      own.decrementAndGet();
      claims.giveBack(visits, retain);
    }
  }

  private static @Nullable RunLabel owner(Visit visit) {
    return ((CallNode) visit.node()).owner();
  }

  private static List<Visit> plan(CallNode root) {
    return new RunPlan(List.of(new Root(root, 0))).order();
  }
}
