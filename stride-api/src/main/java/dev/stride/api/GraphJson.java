package dev.stride.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes a graph as one JSON document. */
final class GraphJson extends GraphWriter {

  GraphJson(Appendable out) {
    super(out);
  }

  @Override
  void write(List<Node> nodes) throws IOException {
    Map<Object, Integer> ids = number(nodes);
    put("{\"nodes\": [");
    for (int id = 0; id < nodes.size(); id++) {
      put(id == 0 ? "\n" : ",\n");
      node(id, nodes.get(id));
    }
    put("],\n \"edges\": [");
    String separator = "\n";
    for (int id = 0; id < nodes.size(); id++) {
      for (Node next : nodes.get(id).next()) {
        put(separator + "  {\"from\": " + id + ", \"to\": " + ids.get(next.identity()));
        put(", \"index\": " + next.index() + "}");
        separator = ",\n";
      }
    }
    put("]}\n");
  }

  private void node(int id, Node node) throws IOException {
    Node.Details details = node.details();
    put("  {\"id\": " + id + ", \"name\": ");
    quote(node.name());
    put(", \"method\": \"" + node.method() + "\", \"outputs\": ");
    quote(details.outputs());
    put(", \"saved_bytes\": ");
    put(details.savedBytes());
    put(", \"kept_bytes\": ");
    put(details.keptBytes());
    put(", \"state\": ");
    quote(details.state());
    put(", \"nanoseconds\": ");
    put(details.elapsed().toNanos());
    put("}");
  }
}
