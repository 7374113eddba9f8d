package dev.stride.core.internal.graph;

import dev.stride.core.fixtures.Doubles;
import org.jspecify.annotations.Nullable;

/** Graphs of nodes without an engine. */
final class Nodes {

  private static final OperatorPlan PLAN =
      new OperatorPlan(Doubles.identity(), Doubles.identity(), "test");

  private Nodes() {}

  static LeafNode leaf() {
    return new LeafNode(1, new GradientCell("x", 1, GradientCell.NOTHING), null);
  }

  static CallNode call(@Nullable GraphNode... next) {
    Layout layout = Layout.ofFirst(1, PLAN.signature().inputs());
    return new CallNode(2, PLAN, layout, next, null, 1);
  }

  /** Spaces that know numbers and tensors only. */
  static Spaces spaces() {
    return new Spaces(value -> {
      throw new AssertionError("asked for " + value);
    });
  }
}
