package dev.stride.core.internal.engine;

import dev.stride.api.Results;
import dev.stride.api.Variable;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outputs of one call. */
final class CallResults implements Results {

  private final OperatorPlan plan;
  private final Layout layout;
  private final OutputVariable<?>[] outputs;

  /** The outputs of a call that has not run yet; those of a recorded call need gradients. */
  CallResults(
      EngineCore engine, OperatorPlan plan, Layout layout, @Nullable CallNode node, long sequence) {
    this.plan = plan;
    this.layout = layout;
    this.outputs = new OutputVariable<?>[layout.size()];
    for (int i = 0; i < outputs.length; i++) {
      GraphNode source = node != null && layout.port(i).differentiable() ? node : null;
      outputs[i] =
          new OutputVariable<Object>(engine, sequence + i, null, new Pending<>(), source, i);
    }
  }

  Layout layout() {
    return layout;
  }

  /** The values, which may be pending. */
  Pending<?>[] values() {
    Pending<?>[] values = new Pending<?>[outputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = outputs[i].capture().value();
    }
    return values;
  }

  /** Sets every value. */
  void complete(Object[] places) {
    for (int place = 0; place < places.length; place++) {
      pending(place).complete(places[place]);
    }
  }

  /** Makes every value fail. */
  void fail(Throwable failure) {
    for (int place = 0; place < outputs.length; place++) {
      pending(place).fail(failure);
    }
  }

  @SuppressWarnings("unchecked") // Values are checked against the port's type.
  private Pending<Object> pending(int place) {
    return ((OutputVariable<Object>) outputs[place]).pending();
  }

  @Override
  public int size() {
    return outputs.length;
  }

  @Override
  public Variable<?> get(int index) {
    return outputs[index];
  }

  @Override
  public Variable<?> get(String path) {
    return outputs[find(path)];
  }

  @Override
  public <T> Variable<T> get(String path, Class<T> type) {
    int place = find(path);
    checkType(place, type);
    return typed(outputs[place]);
  }

  @Override
  public <T> List<Variable<T>> list(String port, Class<T> type) {
    List<Variable<T>> found = new ArrayList<>();
    for (int place = 0; place < outputs.length; place++) {
      if (layout.isWithin(place, port)) {
        checkType(place, type);
        found.add(typed(outputs[place]));
      }
    }
    if (found.isEmpty() && !layout.has(port)) {
      throw noOutput(port);
    }
    return found;
  }

  @Override
  public List<Variable<?>> all() {
    return List.of(outputs);
  }

  private int find(String path) {
    int place = layout.find(path);
    if (place < 0) {
      throw noOutput(path);
    }
    return place;
  }

  private void checkType(int place, Class<?> type) {
    Class<?> actual = layout.port(place).type();
    if (!type.isAssignableFrom(actual)) {
      throw new IllegalArgumentException(
          plan.name()
              + ": output `"
              + layout.path(place)
              + "` is a "
              + actual.getSimpleName()
              + ", not a "
              + type.getSimpleName()
              + ".");
    }
  }

  private IllegalArgumentException noOutput(String path) {
    return new IllegalArgumentException(
        plan.name() + ": there is no output `" + path + "`; it has " + layout + ".");
  }

  @SuppressWarnings("unchecked") // Values are checked against the port's type.
  private static <T> Variable<T> typed(Variable<?> variable) {
    return (Variable<T>) variable;
  }
}
