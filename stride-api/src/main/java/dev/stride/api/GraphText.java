package dev.stride.api;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the nodes of a graph as text, DOT or JSON. */
final class GraphText {

  private GraphText() {}

  static String text(List<Node> nodes) {
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      text.append(node.name());
      if (!node.details().outputs().isEmpty()) {
        text.append(' ').append(node.details().outputs());
      }
      if (!node.next().isEmpty()) {
        text.append(
            node.next().stream().map(Node::nameIdx).collect(Collectors.joining(", ", " -> ", "")));
      }
      text.append('\n');
    }
    return text.toString();
  }

  static String dot(List<Node> nodes) {
    Map<Object, Integer> ids = number(nodes);
    StringBuilder text = new StringBuilder("digraph adjoint {\n  node [shape=box];\n");
    for (int id = 0; id < nodes.size(); id++) {
      Node node = nodes.get(id);
      Node.Details details = node.details();
      text.append("  n").append(id).append(" [label=");
      quote(
          text, node.name() + "\n" + details.outputs() + "\n" + details.savedBytes() + " B saved");
      text.append(node.method() == Node.Method.ACCUMULATE ? ", style=filled];\n" : "];\n");
    }
    for (int id = 0; id < nodes.size(); id++) {
      for (Node next : nodes.get(id).next()) {
        text.append("  n").append(id).append(" -> n").append(ids.get(next.identity()));
        text.append(" [label=\"").append(next.index()).append("\"];\n");
      }
    }
    return text.append("}\n").toString();
  }

  static String json(List<Node> nodes) {
    Map<Object, Integer> ids = number(nodes);
    StringBuilder text = new StringBuilder("{\"nodes\": [");
    for (int id = 0; id < nodes.size(); id++) {
      Node node = nodes.get(id);
      text.append(id == 0 ? "\n" : ",\n").append("  {\"id\": ").append(id).append(", \"name\": ");
      quote(text, node.name());
      text.append(", \"method\": \"").append(node.method()).append("\", \"outputs\": ");
      quote(text, node.details().outputs());
      text.append(", \"saved_bytes\": ").append(node.details().savedBytes());
      text.append(", \"state\": ");
      quote(text, node.details().state());
      text.append(", \"nanoseconds\": ").append(node.details().elapsed().toNanos()).append('}');
    }
    text.append("],\n \"edges\": [");
    String separator = "\n";
    for (int id = 0; id < nodes.size(); id++) {
      for (Node next : nodes.get(id).next()) {
        text.append(separator).append("  {\"from\": ").append(id);
        text.append(", \"to\": ").append(ids.get(next.identity()));
        text.append(", \"index\": ").append(next.index()).append('}');
        separator = ",\n";
      }
    }
    return text.append("]}\n").toString();
  }

  private static Map<Object, Integer> number(List<Node> nodes) {
    Map<Object, Integer> ids = new IdentityHashMap<>();
    for (Node node : nodes) {
      ids.put(node.identity(), ids.size());
    }
    return ids;
  }

  private static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        default -> text.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    text.append('"');
  }
}
