package dev.stride.core.internal.engine;

import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Layout;
import org.jspecify.annotations.Nullable;

/** The arguments of one call at their places: plain values, and variables as captured now. */
final class Binding {

  private final Layout layout;
  private final @Nullable Object[] values;
  private final boolean records;

  /** The node of the only place, or an array by place. */
  private @Nullable Object next;

  private int @Nullable [] slots;

  Binding(Layout layout, boolean records) {
    this.layout = layout;
    this.values = new @Nullable Object[layout.size()];
    this.records = records;
  }

  /** Puts a plain value at a place. */
  void put(int place, Object value) {
    values[place] = value;
  }

  /** Puts a variable at a place; an edge too if its gradient is wanted. */
  void put(int place, Captured<?> variable) {
    Object now = variable.pending().now();
    values[place] = now == null ? variable.pending() : now;
    GraphNode node = variable.node();
    if (records && node != null && layout.port(place).differentiable()) {
      edge(place, node);
      if (variable.output() != 0) {
        outputsOfEdges()[place] = variable.output();
      }
    }
  }

  Layout layout() {
    return layout;
  }

  /** A plain value or a {@link Pending} by place. */
  @Nullable Object[] values() {
    return values;
  }

  private void edge(int place, GraphNode node) {
    if (values.length == 1) {
      next = node;
      return;
    }
    if (next == null) {
      next = new @Nullable GraphNode[values.length];
    }
    ((Object[]) next)[place] = node;
  }

  /** The node that the gradient of the only place goes to, or an array by place; null: none. */
  @Nullable Object next() {
    return next;
  }

  /** The outputs of those nodes; null: all 0. */
  int @Nullable [] slots() {
    return slots;
  }

  private int[] outputsOfEdges() {
    if (slots == null) {
      slots = new int[values.length];
    }
    return slots;
  }
}
