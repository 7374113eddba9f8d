package dev.stride.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An adjoint graph, to look at: from a root, through the adjoints of operators, to the leaves.
 *
 * <p>A graph taken from a {@link Variable} is a snapshot: runs neither see changes to it nor change
 * it. Nothing here recurses or waits: a graph may be millions of nodes deep, and every method takes
 * time and memory in proportion to nodes and edges. Safe to read on many threads, not to change.
 */
public final class Graph {

  private final List<Node> nodes = new ArrayList<>();
  private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final @Nullable Node root;

  /** An empty graph. */
  public Graph() {
    this.root = null;
  }

  /** The graph of everything that can be reached from a root. */
  public Graph(Node root) {
    this.root = root;
    add(root);
  }

  /** The root that this graph was made from; null if it was not made from one. */
  public @Nullable Node root() {
    return root;
  }

  /** Adds a node and everything that can be reached from it; nodes that are known stay once. */
  public void add(Node node) {
    Deque<Node> open = new ArrayDeque<>();
    open.push(node);
    while (!open.isEmpty()) {
      Node next = open.pop();
      if (known.add(next.identity())) {
        nodes.add(next.at(0));
        next.next().forEach(open::push);
      }
    }
  }

  /** All nodes, each once, in the order they were found. Unmodifiable. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** How a graph is written. */
  public enum Format {
    /** One node a line: shapes, bytes, state, time, and the nodes that it feeds. */
    TEXT,
    /** Graphviz' language, for pictures of small graphs. */
    DOT,
    /** One document: {@code {"nodes": [...], "edges": [...]}}. */
    JSON
  }

  /** The nodes as text, one a line, in the order they were found. */
  public String print() {
    return text(Format.TEXT, nodes);
  }

  /** The nodes that a root reaches as text, in topological order. */
  public String print(Node from) {
    return text(Format.TEXT, toposort(from));
  }

  /** The nodes in Graphviz' DOT language. */
  public String dot() {
    return text(Format.DOT, nodes);
  }

  /** The nodes as one JSON document: {@code {"nodes": [...], "edges": [...]}}. */
  public String json() {
    return text(Format.JSON, nodes);
  }

  /**
   * Writes the nodes in the order they were found, without holding the text: for graphs of millions
   * of nodes. Does not close or flush.
   *
   * @throws IOException if {@code out} does
   */
  public void write(Format format, Appendable out) throws IOException {
    GraphWriter.of(format, out).write(nodes);
  }

  /**
   * What the graph holds, operator by operator: calls, bytes saved by forward, bytes of arguments
   * and outputs that the adjoint may ask for, and time; those that hold most come first. A value
   * that several calls keep counts at each of them.
   */
  public String summary() {
    return GraphSummary.of(nodes).text();
  }

  private static String text(Format format, List<Node> nodes) {
    StringBuilder text = new StringBuilder();
    try {
      GraphWriter.of(format, text).write(nodes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /**
   * Every node that a root reaches, from the root to the leaves: each once, after all nodes that
   * feed it a gradient.
   *
   * @throws IllegalStateException if the nodes form a cycle
   */
  public static List<Node> toposort(Node root) {
    Map<Object, int[]> feeders = countFeeders(root);
    List<Node> sorted = new ArrayList<>(feeders.size());
    Deque<Node> ready = new ArrayDeque<>();
    ready.add(root.at(0));
    while (!ready.isEmpty()) {
      Node node = ready.poll();
      sorted.add(node);
      for (Node next : node.next()) {
        int[] left = feeders.get(next.identity());
        if (left != null && --left[0] == 0) {
          ready.add(next.at(0));
        }
      }
    }
    if (sorted.size() != feeders.size()) {
      throw new IllegalStateException(
          "the graph has a cycle: " + (feeders.size() - sorted.size()) + " nodes wait for another");
    }
    return sorted;
  }

  private static Map<Object, int[]> countFeeders(Node root) {
    Map<Object, int[]> feeders = new IdentityHashMap<>();
    feeders.put(root.identity(), new int[1]);
    Deque<Node> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      for (Node next : open.pop().next()) {
        int[] count = feeders.get(next.identity());
        if (count == null) {
          count = new int[1];
          feeders.put(next.identity(), count);
          open.push(next);
        }
        count[0]++;
      }
    }
    return feeders;
  }
}
