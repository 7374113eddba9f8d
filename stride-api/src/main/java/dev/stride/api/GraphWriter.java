package dev.stride.api;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes the nodes of a graph in one format. Made for one use. */
abstract class GraphWriter {

  private final Appendable out;

  GraphWriter(Appendable out) {
    this.out = out;
  }

  static GraphWriter of(Graph.Format format, Appendable out) {
    return switch (format) {
      case TEXT -> new GraphText(out);
      case DOT -> new GraphDot(out);
      case JSON -> new GraphJson(out);
    };
  }

  abstract void write(List<Node> nodes) throws IOException;

  final void put(String text) throws IOException {
    out.append(text);
  }

  final void put(long number) throws IOException {
    out.append(Long.toString(number));
  }

  /** A string in quotes, as JSON and DOT both read it. */
  final void quote(String value) throws IOException {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Numbers of the nodes by identity, in their order. */
  static Map<Object, Integer> number(List<Node> nodes) {
    Map<Object, Integer> ids = new IdentityHashMap<>(nodes.size());
    for (Node node : nodes) {
      ids.put(node.identity(), ids.size());
    }
    return ids;
  }
}
