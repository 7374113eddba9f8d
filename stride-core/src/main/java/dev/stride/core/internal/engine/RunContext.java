package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Phase;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.RunLabel;
import dev.stride.core.internal.graph.RunPlan;
import dev.stride.core.internal.graph.Visit;

/**
 * What the parts of one run share.
 *
 * @param tap sees the cotangents of intermediate outputs that are asked for
 * @param listeners the engine's and the run's own
 */
record RunContext(
    EngineCore engine,
    RunLabel label,
    RunPlan plan,
    AdjointOptions options,
    Tap tap,
    Listeners listeners,
    Meter meter,
    RunLife life) {

  Span span(CallNode node) {
    return engine.span(Phase.ADJOINT, node.plan(), node.sequence(), label.number(), listeners);
  }

  /** Drops what the adjoint of a node needed. */
  void release(CallNode node, Span span) {
    if (node.release()) {
      span.released();
    }
  }

  /**
   * Lets go of cotangents that nobody took, unless operators that were left behind may still come
   * with more: then it is up to the garbage collector.
   */
  void letGo() {
    if (engine.spaces().haveCustody() && life.isQuiet()) {
      for (Visit visit : plan.order()) {
        visit.letGo(engine.spaces());
      }
    }
  }

  /** Drops what the adjoints of all nodes needed, if they have it. */
  void releaseAll() {
    for (Visit visit : plan.order()) {
      if (visit.node() instanceof CallNode node) {
        release(node, span(node));
      }
    }
  }
}
