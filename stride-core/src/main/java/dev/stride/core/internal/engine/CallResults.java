package dev.stride.core.internal.engine;

import dev.stride.api.Results;
import dev.stride.api.Variable;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The outputs of one call. */
final class CallResults implements Results {

  private final OperatorPlan plan;
  private final Layout layout;

  /** The only output, or an array of them by place. */
  private final Object outputs;

  /** The only output of a call that is put off. */
  CallResults(OperatorPlan plan, Layout layout, FusedVariable<?> only) {
    this.plan = plan;
    this.layout = layout;
    this.outputs = only;
  }

  /** The outputs of a call that has not run yet; those of a recorded call need gradients. */
  CallResults(
      EngineCore engine, OperatorPlan plan, Layout layout, @Nullable CallNode node, long sequence) {
    this.plan = plan;
    this.layout = layout;
    if (layout.size() == 1) {
      this.outputs = variable(engine, layout, node, sequence, 0);
    } else {
      OutputVariable<?>[] several = new OutputVariable<?>[layout.size()];
      Arrays.setAll(several, place -> variable(engine, layout, node, sequence, place));
      this.outputs = several;
    }
  }

  private static OutputVariable<?> variable(
      EngineCore engine, Layout layout, @Nullable CallNode node, long sequence, int place) {
    GraphNode source = node != null && layout.port(place).differentiable() ? node : null;
    return new OutputVariable<>(engine, sequence + place, null, new Pending<>(), source, place);
  }

  Layout layout() {
    return layout;
  }

  /** The values, which may be pending. */
  Pending<?>[] values() {
    Pending<?>[] values = new Pending<?>[size()];
    Arrays.setAll(values, this::pending);
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
    for (int place = 0; place < size(); place++) {
      pending(place).fail(failure);
    }
  }

  @SuppressWarnings("unchecked") // Values are checked against the port's type.
  private Pending<Object> pending(int place) {
    return ((OutputVariable<Object>) output(place)).pending();
  }

  private EngineVariable<?> output(int place) {
    return outputs instanceof OutputVariable<?>[] several
        ? several[place]
        : (EngineVariable<?>) outputs;
  }

  @Override
  public int size() {
    return layout.size();
  }

  @Override
  public Variable<?> get(int index) {
    return output(Objects.checkIndex(index, size()));
  }

  @Override
  public Variable<?> get(String path) {
    return output(find(path));
  }

  @Override
  public <T> Variable<T> get(String path, Class<T> type) {
    int place = find(path);
    checkType(place, type);
    return typed(output(place));
  }

  @Override
  public <T> List<Variable<T>> list(String port, Class<T> type) {
    List<Variable<T>> found = new ArrayList<>();
    for (int place = 0; place < size(); place++) {
      if (layout.isWithin(place, port)) {
        checkType(place, type);
        found.add(typed(output(place)));
      }
    }
    if (found.isEmpty() && !layout.has(port)) {
      throw noOutput(port);
    }
    return found;
  }

  @Override
  public List<Variable<?>> all() {
    return outputs instanceof OutputVariable<?>[] several ? List.of(several) : List.of(output(0));
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
