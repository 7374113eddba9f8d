package dev.stride.core.internal.engine;

import dev.stride.api.Variable;
import dev.stride.api.VariableOptions;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import dev.stride.core.internal.graph.GraphNode;
import org.jspecify.annotations.Nullable;

/** An output of an operator call. Also a copy of one, which shares its node. */
final class OutputVariable<T> extends ComputedVariable<T> implements Captured<T> {

  private final Pending<T> value;
  private final @Nullable GraphNode node;
  private final int output;
  private final @Nullable String name;

  OutputVariable(
      EngineCore engine,
      long sequence,
      @Nullable String name,
      Pending<T> value,
      @Nullable GraphNode node,
      int output) {
    super(engine, sequence);
    this.name = name;
    this.value = value;
    this.node = node;
    this.output = output;
  }

  @Override
  Captured<T> capture() {
    return this; // Nothing of it changes but the value, which arrives.
  }

  @Override
  public Pending<T> pending() {
    return value;
  }

  @Override
  public @Nullable GraphNode node() {
    return node;
  }

  @Override
  public int output() {
    return output;
  }

  @Override
  public String name() {
    return name == null ? "variable#" + sequence() : name;
  }

  @Override
  public boolean needsGrad() {
    return node != null;
  }

  @Override
  public void set(T other) {
    throw new IllegalStateException(
        "variable '"
            + name()
            + "' is the output of an operator; only the value of a leaf can be set. Use"
            + " asParameter() or detach() to get a leaf.");
  }

  @Override
  public Variable<T> copy(VariableOptions<T> options) {
    if (options.value() != null || options.needsGrad() != null) {
      throw new IllegalArgumentException(
          "variable '"
              + name()
              + "' is the output of an operator: a copy shares its value and node. Use"
              + " detach(options) or asParameter(options) to give another value or needsGrad.");
    }
    String given = options.name() == null ? name() : options.name();
    return new OutputVariable<>(owner(), owner().nextSequence(1), given, value, node, output);
  }
}
