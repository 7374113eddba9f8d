package dev.stride.testkit.internal.call;

import dev.stride.api.CancellationToken;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** A call that the kit makes, with plain values as arguments. */
abstract class KitCall implements OperatorCall {

  final BoundArguments arguments;
  final CallContext context;
  private final Predicate<String> needs;

  KitCall(BoundArguments arguments, CallContext context, Predicate<String> needs) {
    this.arguments = arguments;
    this.context = context;
    this.needs = needs;
  }

  @Override
  public final Signature signature() {
    return arguments.signature();
  }

  @Override
  public final boolean has(String path) {
    context.read().add(BoundArguments.port(path));
    return arguments.has(path);
  }

  @Override
  public final <T> T value(String path, Class<T> type) {
    seen(path);
    Object value = arguments.at(path);
    if (value == null) {
      throw new IllegalArgumentException(
          signature().name() + ": there is no argument `" + path + "`; guard it with has(path)");
    }
    return delivered(path, value, type);
  }

  @Override
  public final <T> List<T> values(String port, Class<T> type) {
    seen(port);
    List<T> values = new ArrayList<>();
    for (Object value : arguments.values(port)) {
      values.add(delivered(port + "[" + values.size() + "]", value, type));
    }
    return List.copyOf(values);
  }

  /** Notes that a path is asked for; an adjoint refuses what its signature does not declare. */
  void seen(String path) {
    context.read().add(BoundArguments.port(path));
  }

  /** A value as the context hands it out. */
  final <T> T delivered(String path, Object value, Class<T> type) {
    return typed(path, context.delivery().deliver(path, value), type);
  }

  final <T> T typed(String path, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          signature().name()
              + ": `"
              + path
              + "` is a "
              + value.getClass().getSimpleName()
              + " but was asked for as a "
              + type.getSimpleName());
    }
    return type.cast(value);
  }

  @Override
  public final boolean needsGrad(String path) {
    return arguments.differentiable().keySet().stream()
        .anyMatch(leaf -> isAtOrBelow(leaf, path) && needs.test(leaf));
  }

  private static boolean isAtOrBelow(String leaf, String path) {
    return leaf.startsWith(path)
        && (leaf.length() == path.length() || ".[".indexOf(leaf.charAt(path.length())) >= 0);
  }

  @Override
  public final CancellationToken cancellation() {
    return context.cancellation();
  }

  @Override
  public final Parallel parallel() {
    return context.parallel();
  }

  @Override
  public final Executor executor() {
    return context.executor();
  }
}
