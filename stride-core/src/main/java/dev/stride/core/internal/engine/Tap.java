package dev.stride.core.internal.engine;

import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Spaces;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sees the cotangents of some intermediate outputs as a run passes them. */
final class Tap {

  /** Sees nothing. */
  static final Tap NONE = new Tap(Set.of());

  private final Map<GraphNode, Map<Integer, Object>> seen = new IdentityHashMap<>();

  /** Watches these nodes. */
  Tap(Set<GraphNode> nodes) {
    for (GraphNode node : nodes) {
      seen.put(node, new ConcurrentHashMap<>());
    }
  }

  /** Notes what arrived for an output, if somebody watches it; null: nothing. */
  void see(GraphNode node, int output, @Nullable Object cotangent, Spaces spaces) {
    if (seen.isEmpty() || cotangent == null) {
      return;
    }
    Map<Integer, Object> perOutput = seen.get(node);
    if (perOutput != null) {
      spaces.handOut(cotangent);
      perOutput.put(output, cotangent);
    }
  }

  /** What passed; null if nothing did. */
  @Nullable Object at(GraphNode node, int output) {
    Map<Integer, Object> perOutput = seen.get(node);
    return perOutput == null ? null : perOutput.get(output);
  }
}
