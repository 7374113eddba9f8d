package dev.stride.core.internal.engine;

import org.jspecify.annotations.Nullable;

/** What is computed by an operator: it has no gradient of its own. */
abstract sealed class ComputedVariable<T> extends EngineVariable<T>
    permits OutputVariable, FusedVariable {

  ComputedVariable(EngineCore engine, long sequence) {
    super(engine, sequence);
  }

  @Override
  public final boolean isLeaf() {
    return false;
  }

  @Override
  public final @Nullable T grad() {
    return null;
  }

  @Override
  public final @Nullable T preconditioner() {
    return null;
  }

  @Override
  public final void clearGrad() {}

  @Override
  public final @Nullable T processGrad() {
    return null;
  }
}
