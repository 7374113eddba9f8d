package dev.stride.core.internal.engine;

import dev.stride.api.Operator;
import dev.stride.api.StrideException;
import dev.stride.core.internal.engine.Callee.Choice;
import dev.stride.core.internal.graph.OperatorPlan;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads every operator's signature once, as a rule. Does not keep operators alive: what is known of
 * one lives as long as its calls, or a collection of garbage, whichever is later. So a job that
 * makes new operators in every iteration needs no more memory in the end.
 */
final class Callees {

  private final Registry registry;
  private final Map<Object, WeakReference<Callee>> known = new ConcurrentHashMap<>();
  private final ReferenceQueue<Operator<?>> gone = new ReferenceQueue<>();

  Callees(Registry registry) {
    this.registry = registry;
  }

  /** An operator ready to be called. */
  Callee of(Operator<?> operator) {
    if (operator instanceof BoundOperator<?> bound) {
      return bound.callee();
    }
    WeakReference<Callee> found = known.get(new Lookup(operator));
    Callee callee = found == null ? null : found.get();
    return callee != null ? callee : remember(operator, read(operator, operator));
  }

  /** An operator that the user has as {@code operator} and that is done by {@code worker}. */
  Callee read(Operator<?> operator, Operator<?> worker) {
    Operator<?> bare = worker.unwrap();
    String pack = registry.packOf(bare);
    OperatorPlan plan = new OperatorPlan(operator, bare, pack);
    return Callee.of(plan, pack.equals("user") ? List.of() : choices(operator, bare));
  }

  private List<Choice> choices(Operator<?> operator, Operator<?> bare) {
    List<Implementation> found = registry.implementations(bare.signature().name());
    if (found.stream().noneMatch(one -> one.operator().unwrap() == bare)) {
      return List.of(); // Outranked by another one, but the user wants this one.
    }
    return found.stream().map(one -> choice(operator, one)).toList();
  }

  private static Choice choice(Operator<?> operator, Implementation one) {
    Operator<?> bare = one.operator().unwrap();
    return new Choice(one.device(), new OperatorPlan(operator, bare, one.pack()));
  }

  private Callee remember(Operator<?> operator, Callee callee) {
    for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      known.remove(dead);
    }
    known.put(new Key(operator, gone), new WeakReference<>(callee));
    return callee;
  }

  /** The operator of a name, bound to an engine. */
  BoundOperator<?> bind(CallTarget target, String name) {
    return bind(target, registry.implementations(name).getFirst().operator());
  }

  /** An operator bound to an engine. */
  <Y> BoundOperator<Y> bind(CallTarget target, Operator<Y> operator) {
    return new BoundOperator<>(target, this, operator.unwrap(), operator.name());
  }

  static void checkType(Operator<?> operator, Class<?> type) {
    Class<?> primary = operator.signature().outputs().getFirst().type();
    if (!type.isAssignableFrom(primary)) {
      throw new StrideException(
          "WrongOutputType",
          operator.name()
              + ": its primary output is a "
              + primary.getSimpleName()
              + ", but it was looked up as an operator of "
              + type.getSimpleName()
              + ". Look it up with operator(name, "
              + primary.getSimpleName()
              + ".class).");
    }
  }

  /** Finds a {@link Key} without making one: weak references are costly to collect. */
  private record Lookup(Operator<?> operator) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.get() == operator;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(operator);
    }
  }

  /** An operator by identity, without keeping it. */
  private static final class Key extends WeakReference<Operator<?>> {
    private final int hash;

    private Key(Operator<?> operator, ReferenceQueue<Operator<?>> queue) {
      super(operator, queue);
      hash = System.identityHashCode(operator);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (other instanceof Key that && get() != null && get() == that.get());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
