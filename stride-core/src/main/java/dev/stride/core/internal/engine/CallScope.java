package dev.stride.core.internal.engine;

import dev.stride.core.internal.async.Extent;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings of calls made by the current thread inside a scope such as {@code noGrad}.
 *
 * <p>A scope holds where it was opened only: completions and operators that happen to run on the
 * same thread are in an {@link Extent} of their own and do not see it.
 */
final class CallScope {

  private final ScopedValue<Scope> current = ScopedValue.newInstance();

  /** The settings that apply to a call here. */
  CallSettings apply(CallSettings settings) {
    if (!current.isBound()) {
      return settings;
    }
    Scope scope = current.get();
    return scope.extent == Extent.current() ? scope.change.apply(settings) : settings;
  }

  /** Runs code in a scope that changes settings, inside the scopes that are open. */
  <R extends @Nullable Object> R call(UnaryOperator<CallSettings> change, Supplier<R> code) {
    Extent extent = Extent.current();
    Scope outer = current.isBound() && current.get().extent == extent ? current.get() : null;
    Scope scope =
        outer == null
            ? new Scope(extent, change)
            : new Scope(extent, settings -> change.apply(outer.change.apply(settings)));
    return ScopedValue.where(current, scope).<R, RuntimeException>call(code::get);
  }

  private record Scope(@Nullable Extent extent, UnaryOperator<CallSettings> change) {}
}
