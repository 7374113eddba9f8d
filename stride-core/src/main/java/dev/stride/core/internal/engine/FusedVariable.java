package dev.stride.core.internal.engine;

import dev.stride.api.Variable;
import dev.stride.api.VariableOptions;
import java.lang.StackWalker.StackFrame;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The output of a call that was put off, so that it can become part of a call that takes it. It is
 * made when its value, or its place in the graph, is first wanted; from then on this is an ordinary
 * output.
 */
final class FusedVariable<T> extends ComputedVariable<T> {

  private final Callee callee;
  private final CallSettings settings;
  private final @Nullable StackFrame callSite;
  private final boolean needsGrad;

  /** What was given, see {@link #arguments}, until there is the {@link OutputVariable}. */
  private volatile Object state;

  /**
   * A call that is put off.
   *
   * @param arguments one for each input: a {@link Captured} or another of these, a plain value, or
   *     null where none was given; taken over
   */
  FusedVariable(
      EngineCore engine,
      Callee callee,
      CallSettings settings,
      @Nullable Object[] arguments,
      @Nullable StackFrame callSite) {
    super(engine, engine.nextSequence(1));
    this.callee = callee;
    this.settings = settings;
    this.callSite = callSite;
    this.needsGrad = settings.recording() && isGradientWanted(callee, arguments);
    this.state = arguments;
  }

  private static boolean isGradientWanted(Callee callee, @Nullable Object[] arguments) {
    var ports = callee.plan().signature().inputs();
    for (int i = 0; i < arguments.length; i++) {
      if (ports.get(i).differentiable() && leadsToLeaf(arguments[i])) {
        return callee.plan().signature().outputs().getFirst().differentiable();
      }
    }
    return false;
  }

  private static boolean leadsToLeaf(@Nullable Object argument) {
    return switch (argument) {
      case FusedVariable<?> before -> before.needsGrad;
      case Captured<?> captured -> captured.node() != null;
      case null, default -> false;
    };
  }

  /** Makes the variables that code in a scope gave, alone or in a collection. */
  static void makeAll(@Nullable Object result) {
    if (result instanceof FusedVariable<?> variable) {
      variable.capture();
    } else if (result instanceof Collection<?> several) {
      several.forEach(FusedVariable::makeAll);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // The output of the call, whose type was checked.
  Captured<T> capture() {
    Object now = state;
    return (Captured<T>)
        (now instanceof OutputVariable<?> made ? made : owner().fusions().make(this));
  }

  Callee callee() {
    return callee;
  }

  CallSettings settings() {
    return settings;
  }

  @Nullable StackFrame callSite() {
    return callSite;
  }

  /** What the call takes; null if it has been made. */
  @Nullable Object @Nullable [] arguments() {
    return state instanceof @Nullable Object[] arguments ? arguments : null;
  }

  /**
   * Starts the call, unless another thread did.
   *
   * @param task the call
   */
  synchronized boolean makes(ForwardTask task) {
    boolean first = !(state instanceof OutputVariable<?>);
    if (first) {
      state = task.results().get(0);
    }
    return first;
  }

  @Override
  public boolean needsGrad() {
    return needsGrad;
  }

  @Override
  public String name() {
    return "variable#" + sequence();
  }

  @Override
  public void set(T other) {
    made().set(other);
  }

  @Override
  public Variable<T> copy(VariableOptions<T> options) {
    return made().copy(options);
  }

  private OutputVariable<T> made() {
    return (OutputVariable<T>) capture();
  }

  @Override
  public String toString() {
    return arguments() == null ? made().toString() : name() + " = pending";
  }
}
