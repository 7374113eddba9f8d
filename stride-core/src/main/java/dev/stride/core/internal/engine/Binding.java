package dev.stride.core.internal.engine;

import dev.stride.api.Tensor;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.Notes;
import org.jspecify.annotations.Nullable;

/** The arguments of one call at their places: plain values, and variables as captured now. */
final class Binding {

  private final Layout layout;
  private final @Nullable Object[] values;
  private final boolean records;
  private @Nullable GraphNode @Nullable [] next;
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
    values[place] = variable.value();
    GraphNode node = variable.node();
    if (records && node != null && layout.port(place).differentiable()) {
      edges()[place] = node;
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

  /** Whether a gradient of any argument is wanted. */
  boolean needsGrad() {
    return next != null;
  }

  /** The nodes that gradients go to, by place; null entries: not wanted. */
  @Nullable GraphNode[] edges() {
    if (next == null) {
      next = new @Nullable GraphNode[values.length];
    }
    return next;
  }

  /** The outputs of those nodes; null: all 0. */
  int @Nullable [] slots() {
    return slots;
  }

  /**
   * The values of all places as pending ones, for gradients that are recorded. A number given for a
   * tensor is pending: it becomes a tensor as the call starts.
   */
  Pending<?>[] pending() {
    Pending<?>[] pending = new Pending<?>[values.length];
    for (int place = 0; place < pending.length; place++) {
      Object value = values[place];
      pending[place] = value instanceof Pending<?> variable ? variable : plain(place, value);
    }
    return pending;
  }

  /** Numbers that became tensors are inputs of gradients that are recorded, too. */
  static void completeNumbers(@Nullable CallNode node, @Nullable Object[] values) {
    Notes notes = node == null ? null : node.notes();
    Pending<?> @Nullable [] inputs = notes == null ? null : notes.inputs();
    for (int place = 0; inputs != null && place < inputs.length; place++) {
      Object value = values[place];
      if (value != null) {
        complete(inputs[place], value);
      }
    }
  }

  @SuppressWarnings("unchecked") // What is pending here has no type of its own.
  private static <T> void complete(Pending<T> input, Object value) {
    input.complete((T) value);
  }

  private Pending<Object> plain(int place, @Nullable Object value) {
    boolean later = value instanceof Number && layout.port(place).type() == Tensor.class;
    return value == null || later ? new Pending<>() : Pending.of(value);
  }

  private int[] outputsOfEdges() {
    if (slots == null) {
      slots = new int[values.length];
    }
    return slots;
  }
}
