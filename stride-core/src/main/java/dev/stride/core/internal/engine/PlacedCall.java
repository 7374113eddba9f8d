package dev.stride.core.internal.engine;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Signature;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A call as its operator sees it: values by path, whatever the phase. */
abstract class PlacedCall implements OperatorCall {

  final EngineCore engine;
  final Layout layout;

  PlacedCall(EngineCore engine, Layout layout) {
    this.engine = engine;
    this.layout = layout;
  }

  abstract OperatorPlan plan();

  /** The value of a place; null if it was dropped. */
  abstract @Nullable Object valueAt(int place);

  abstract boolean needsGradAt(int place);

  @Override
  public final Signature signature() {
    return plan().signature();
  }

  @Override
  public final boolean has(String path) {
    return layout.has(path);
  }

  @Override
  public final <T> T value(String path, Class<T> type) {
    int place = layout.find(path);
    if (place < 0) {
      throw new IllegalArgumentException(
          plan().name() + ": no argument was given at `" + path + "`; there are: " + layout + ".");
    }
    return cast(place, type);
  }

  @Override
  public final <T> List<T> values(String port, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (int place = 0; place < layout.size(); place++) {
      if (layout.isWithin(place, port)) {
        found.add(cast(place, type));
      }
    }
    return Collections.unmodifiableList(found);
  }

  @Override
  public final boolean needsGrad(String path) {
    int exact = layout.find(path);
    if (exact >= 0) {
      return needsGradAt(exact);
    }
    for (int place = 0; place < layout.size(); place++) {
      if (needsGradAt(place) && layout.isWithin(place, path)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public final Parallel parallel() {
    return engine.pool().parallel();
  }

  @Override
  public final Executor executor() {
    return engine.pool();
  }

  private <T> T cast(int place, Class<T> type) {
    Object value = valueAt(place);
    if (value == null) {
      throw new IllegalStateException(
          plan().name()
              + ": its adjoint asked for `"
              + layout.path(place)
              + "`, but the signature declares that it does not need it. Add it to"
              + " adjointNeeds(...).");
    }
    return cast(plan(), layout.path(place), value, type);
  }

  static <T> T cast(OperatorPlan plan, String path, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          plan.name()
              + ": the operator asked for `"
              + path
              + "` as a "
              + type.getSimpleName()
              + ", but it is a "
              + value.getClass().getSimpleName()
              + ".");
    }
    return type.cast(value);
  }
}
