package dev.stride.core.internal.graph;

import dev.stride.api.Graph;
import dev.stride.api.Node;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies a recorded graph into one to look at. */
public final class Snapshot {

  private final Map<GraphNode, Node> nodes = new IdentityHashMap<>();
  private final Deque<GraphNode> open = new ArrayDeque<>();

  private Snapshot() {}

  /** The graph that a root reaches; empty without a root. */
  public static Graph of(@Nullable GraphNode root, int output) {
    return root == null ? new Graph() : new Graph(new Snapshot().copy(root).at(output));
  }

  private Node copy(GraphNode root) {
    Node copy = node(root);
    while (!open.isEmpty()) {
      GraphNode node = open.pop();
      for (int place = 0; place < node.places(); place++) {
        GraphNode next = node.next(place);
        if (next != null) {
          node(node).addNext(node(next).at(node.slot(place)));
        }
      }
    }
    return copy;
  }

  private Node node(GraphNode node) {
    Node known = nodes.get(node);
    if (known == null) {
      known = describe(node);
      nodes.put(node, known);
      open.push(node);
    }
    return known;
  }

  private static Node describe(GraphNode node) {
    return switch (node) {
      case LeafNode leaf -> Node.accumulate(leaf.cell().name(), leaf.sequence(), details(leaf));
      case CallNode call -> Node.adjoint(call.plan().operator(), call.sequence(), details(call));
    };
  }

  private static Node.Details details(LeafNode leaf) {
    return new Node.Details(String.valueOf(leaf.knownSpec()), 0, 0, "ready", Duration.ZERO);
  }

  private static Node.Details details(CallNode call) {
    StringBuilder shapes = new StringBuilder();
    for (int output = 0; output < call.outputs(); output++) {
      Object spec = call.knownSpec(output);
      shapes.append(output == 0 ? "" : ", ").append(spec == null ? "pending" : spec);
    }
    Notes notes = call.notes();
    return new Node.Details(
        shapes.toString(),
        call.savedBytes(),
        call.keptBytes(),
        call.state(),
        Duration.ofNanos(notes == null ? 0 : notes.nanoseconds()));
  }
}
