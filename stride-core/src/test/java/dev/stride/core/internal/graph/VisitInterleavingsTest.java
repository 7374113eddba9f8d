package dev.stride.core.internal.graph;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import dev.stride.core.internal.graph.RunPlan.Root;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * E6, E7. Where edges meet, exactly one of the threads that arrive goes on, all terms are there by
 * then, and their sum is that of their ranks in order, in every schedule.
 */
@Tag("interleavings")
class VisitInterleavingsTest {

  /** As numbers of 64 bits, the sums of these in another order are others. */
  private static final double[] TERMS = {1.0, 1e-16, 1e-16};

  private static final double IN_ORDER = TERMS[0] + TERMS[1] + TERMS[2];

  private final Spaces spaces = Nodes.spaces();

  @Test
  void last_to_arrive_goes_on_alone_with_the_ordered_sum() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          LeafNode leaf = Nodes.leaf();
          CallNode root = Nodes.call(leaf, leaf, leaf);
          RunPlan plan = new RunPlan(List.of(new Root(root, 0)));
          Visit from = plan.visit(root);
          Visit meeting = shared(plan.visit(leaf));
          AtomicInteger goneOn = new AtomicInteger();
          AtomicInteger held = new AtomicInteger();
          race(
              () -> arrive(from, 2, meeting, goneOn, held),
              () -> arrive(from, 1, meeting, goneOn, held),
              () -> arrive(from, 0, meeting, goneOn, held));
          check(goneOn.get() == 1, "so many went on: " + goneOn);
          check(held.get() == 1, "values held after the last term: " + held);
        });
  }

  private void arrive(
      Visit from, int place, Visit meeting, AtomicInteger goneOn, AtomicInteger held) {
    int rank = from.rankOf(place);
    held.addAndGet(meeting.add(0, rank, TERMS[rank], spaces));
    if (meeting.arrive()) {
      goneOn.incrementAndGet();
      check(
          Double.valueOf(IN_ORDER).equals(meeting.take(0, spaces)),
          "the sum is not that of the ranks in order");
    }
  }

  @Test
  void preconditioners_are_summed_like_gradients_though_some_terms_have_none() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          LeafNode leaf = Nodes.leaf();
          CallNode root = Nodes.call(leaf, leaf, leaf);
          RunPlan plan = new RunPlan(List.of(new Root(root, 0)));
          Visit meeting = shared(plan.visit(leaf));
          race(
              () -> meeting.addPreconditioner(0, TERMS[1], spaces),
              () -> meeting.addPreconditioner(1, null, spaces),
              () -> meeting.addPreconditioner(2, TERMS[0], spaces));
          check(
              Double.valueOf(TERMS[1] + TERMS[0]).equals(meeting.takePreconditioner(spaces)),
              "a preconditioner is missing");
        });
  }
}
