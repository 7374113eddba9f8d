package dev.stride.api;

import java.io.IOException;
import java.util.List;

/** Writes a graph as text, one node a line. */
final class GraphText extends GraphWriter {

  GraphText(Appendable out) {
    super(out);
  }

  @Override
  void write(List<Node> nodes) throws IOException {
    for (Node node : nodes) {
      put(node.name());
      details(node);
      String arrow = " -> ";
      for (Node next : node.next()) {
        put(arrow);
        put(next.nameIdx());
        arrow = ", ";
      }
      put("\n");
    }
  }

  private void details(Node node) throws IOException {
    Node.Details details = node.details();
    if (!details.outputs().isEmpty()) {
      put(" ");
      put(details.outputs());
    }
    if (node.method() == Node.Method.ADJOINT) {
      for (String fact : Quantity.facts(details)) {
        put(", ");
        put(fact);
      }
    }
  }
}
