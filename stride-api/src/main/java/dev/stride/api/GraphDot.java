package dev.stride.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes a graph in Graphviz' DOT language. */
final class GraphDot extends GraphWriter {

  GraphDot(Appendable out) {
    super(out);
  }

  @Override
  void write(List<Node> nodes) throws IOException {
    Map<Object, Integer> ids = number(nodes);
    put("digraph adjoint {\n  node [shape=box];\n");
    for (int id = 0; id < nodes.size(); id++) {
      node(id, nodes.get(id));
    }
    for (int id = 0; id < nodes.size(); id++) {
      for (Node next : nodes.get(id).next()) {
        put("  n" + id + " -> n" + ids.get(next.identity()) + " [label=\"" + next.index());
        put("\"];\n");
      }
    }
    put("}\n");
  }

  private void node(int id, Node node) throws IOException {
    boolean leaf = node.method() == Node.Method.ACCUMULATE;
    String facts = leaf ? "" : "\n" + String.join("\n", Quantity.facts(node.details()));
    put("  n" + id + " [label=");
    quote(node.name() + "\n" + node.details().outputs() + facts);
    put(leaf ? ", style=filled];\n" : "];\n");
  }
}
