package dev.stride.core.internal.engine;

import dev.stride.api.Engine;
import dev.stride.api.Graph;
import dev.stride.api.Variable;
import dev.stride.api.VariableOptions;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Snapshot;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What leaves and outputs have in common. */
abstract sealed class EngineVariable<T> implements Variable<T>
    permits LeafVariable, ComputedVariable {

  private final EngineCore engine;
  private final long sequence;

  EngineVariable(EngineCore engine, long sequence) {
    this.engine = engine;
    this.sequence = sequence;
  }

  /** The value and its place in the graph, as they are now. */
  abstract Captured<T> capture();

  @Override
  public final Engine engine() {
    return engine.front();
  }

  final EngineCore owner() {
    return engine;
  }

  @Override
  public final long sequence() {
    return sequence;
  }

  @Override
  public final CompletionStage<T> value() {
    return capture().pending().stage();
  }

  @Override
  public final T get() {
    Pending<T> value = capture().pending();
    T now = value.now();
    return now != null ? now : engine.await(value, "variable '" + name() + "'");
  }

  @Override
  public final boolean isDone() {
    return capture().pending().isDone();
  }

  @Override
  public final Graph graph() {
    Captured<T> now = capture();
    return Snapshot.of(now.node(), now.output());
  }

  @Override
  public final Variable<T> detach(VariableOptions<T> options) {
    return LeafVariable.detached(this, options);
  }

  @Override
  public String toString() {
    T now = capture().pending().now();
    return name() + " = " + (now == null ? "pending" : now);
  }

  /** A variable as a call sees it. */
  interface Captured<T> {

    /** The value, perhaps pending. */
    Pending<T> pending();

    /** Where gradients go; null: none is needed. */
    @Nullable GraphNode node();

    /** The output of the node. */
    int output();
  }
}
