package dev.stride.core.internal.engine;

import dev.stride.api.GradientProcessor;
import dev.stride.api.Variable;
import dev.stride.api.VariableOptions;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.GradientCell;
import dev.stride.core.internal.graph.GradientCell.Accumulated;
import dev.stride.core.internal.graph.LeafNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A variable that the user made. */
final class LeafVariable<T> extends EngineVariable<T> {

  private final String name;
  private final boolean needsGrad;
  private final @Nullable GradientProcessor<T> processor;
  private final GradientCell cell;
  private volatile Captured<T> current;

  private LeafVariable(EngineCore engine, Characteristics<T> given, Pending<T> value) {
    super(engine, engine.nextSequence(1));
    this.name = given.name == null ? "variable#" + sequence() : given.name;
    this.needsGrad = given.needsGrad;
    this.processor = given.processor;
    this.cell = new GradientCell(name, sequence(), given.gradient);
    this.current = version(value, sequence());
  }

  /** A new leaf. */
  static <T> LeafVariable<T> create(EngineCore engine, VariableOptions<T> options) {
    T value = options.value();
    if (value == null) {
      throw new IllegalArgumentException(
          "a variable needs a value; give one with VariableOptions.of(value)");
    }
    boolean needsGrad = Boolean.TRUE.equals(options.needsGrad());
    Characteristics<T> given =
        new Characteristics<>(options.name(), needsGrad, options.processor(), GradientCell.NOTHING);
    return new LeafVariable<>(engine, given, Pending.of(value));
  }

  /** A leaf with the value of another variable, perhaps pending. */
  static <T> LeafVariable<T> detached(EngineVariable<T> from, VariableOptions<T> options) {
    return derived(from, options, Boolean.TRUE.equals(options.needsGrad()));
  }

  private static <T> LeafVariable<T> derived(
      EngineVariable<T> from, VariableOptions<T> options, boolean needsGrad) {
    LeafVariable<T> leaf = from instanceof LeafVariable<T> original ? original : null;
    GradientProcessor<T> inherited = leaf == null ? null : leaf.processor;
    Characteristics<T> given =
        new Characteristics<>(
            options.name() == null ? from.name() : options.name(),
            needsGrad,
            options.processor() == null ? inherited : options.processor(),
            leaf != null && options.keepGrad() ? leaf.cell.get() : GradientCell.NOTHING);
    T value = options.value();
    return new LeafVariable<>(
        from.owner(), given, value == null ? from.capture().pending() : Pending.of(value));
  }

  @Override
  Captured<T> capture() {
    return current;
  }

  GradientCell cell() {
    return cell;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsGrad() {
    return needsGrad;
  }

  @Override
  public boolean isLeaf() {
    return true;
  }

  @Override
  public void set(T value) {
    Objects.requireNonNull(value, () -> "value of variable '" + name + "'");
    current = version(Pending.of(value), owner().nextSequence(1));
  }

  /** A value and, if a gradient is needed, the node that belongs to it. */
  private Captured<T> version(Pending<T> value, long number) {
    if (!needsGrad) {
      return new Version<>(value, null);
    }
    LeafNode node = new LeafNode(number, cell, null);
    T now = value.now();
    if (now != null) {
      node.spec(owner().values().specOf(name, now));
    } else {
      value.whenDone(() -> learn(node, value));
    }
    return new Version<>(value, node);
  }

  private void learn(LeafNode node, Pending<T> value) {
    T now = value.now();
    if (now != null) {
      node.spec(owner().values().specOf(name, now));
    }
  }

  @Override
  @SuppressWarnings("unchecked") // Runs check the type of every gradient.
  public @Nullable T grad() {
    return (T) cell.get().gradient();
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable T preconditioner() {
    return (T) cell.get().preconditioner();
  }

  @Override
  public void clearGrad() {
    owner().publisher().clear(cell);
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable T processGrad() {
    Accumulated now = cell.get();
    T gradient = (T) now.gradient();
    T preconditioner = (T) now.preconditioner();
    if (gradient == null) {
      return null;
    }
    if (processor != null) {
      return processor.process(gradient, preconditioner);
    }
    return preconditioner == null
        ? gradient
        : owner().spaces().of(gradient).precondition(gradient, preconditioner);
  }

  @Override
  public Variable<T> copy(VariableOptions<T> options) {
    Boolean needs = options.needsGrad();
    return derived(this, options, needs == null ? needsGrad : needs);
  }

  /** A value of the variable and what belongs to it, so that both change at once. */
  private record Version<T>(Pending<T> pending, @Nullable LeafNode node) implements Captured<T> {

    @Override
    public int output() {
      return 0;
    }
  }

  private record Characteristics<T>(
      @Nullable String name,
      boolean needsGrad,
      @Nullable GradientProcessor<T> processor,
      Accumulated gradient) {}
}
