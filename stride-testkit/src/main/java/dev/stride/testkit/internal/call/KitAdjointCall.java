package dev.stride.testkit.internal.call;

import dev.stride.api.AdjointCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An adjoint call made by the kit. */
final class KitAdjointCall extends KitCall implements AdjointCall {

  private final Forwarded forwarded;
  private final Map<String, Object> cotangents;

  KitAdjointCall(
      Forwarded forwarded,
      CallContext context,
      Map<String, Object> cotangents,
      Predicate<String> needs) {
    super(forwarded.arguments(), context, needs);
    this.forwarded = forwarded;
    this.cotangents = cotangents;
  }

  @Override
  void seen(String path) {
    super.seen(path);
    String port = BoundArguments.port(path);
    if (context.strict() && !signature().adjointNeeds(port)) {
      throw new IllegalStateException(
          signature().name()
              + ": the adjoint asks for `"
              + path
              + "`, which its signature says it does not need. Add it to adjointNeeds.");
    }
  }

  @Override
  public <T> T cotangent(String output, Class<T> type) {
    Object given = cotangents.get(output);
    return delivered(output, given == null ? forwarded.zero(output) : given, type);
  }

  @Override
  public <T> List<T> cotangents(String port, Class<T> type) {
    List<T> all = new ArrayList<>();
    for (String path : forwarded.paths(port)) {
      all.add(cotangent(path, type));
    }
    return List.copyOf(all);
  }

  @Override
  public boolean isZero(String output) {
    return forwarded.paths(output).stream().noneMatch(cotangents::containsKey);
  }

  @Override
  public <T> T output(String path, Class<T> type) {
    if (!signature().keepsOutput(BoundArguments.port(path))) {
      throw new IllegalStateException(
          signature().name()
              + ": the adjoint asks for the output `"
              + path
              + "`, which its signature does not keep. Add it to keepsOutputs.");
    }
    return typed(path, forwarded.output(path), type);
  }

  @Override
  public <S> S saved(Class<S> type) {
    Object saved = forwarded.saved();
    if (!type.isInstance(saved)) {
      throw new IllegalStateException(
          signature().name()
              + ": forward saved "
              + (saved == null ? "nothing" : "a " + saved.getClass().getSimpleName())
              + " but its adjoint asks for a "
              + type.getSimpleName());
    }
    return type.cast(saved);
  }

  @Override
  public @Nullable Object option(String name) {
    return null;
  }
}
