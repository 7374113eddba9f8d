package dev.stride.core.internal.engine;

import dev.stride.api.DifferentiableOperator.VariableCall;
import dev.stride.api.Engine;
import dev.stride.api.Variable;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.Notes;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The variables of one recorded call, for an adjoint that is written on variables. */
final class RecordedCall implements VariableCall {

  private final EngineCore core;
  private final Engine view;
  private final CallNode node;
  private final IntFunction<Variable<?>> cotangents;

  RecordedCall(EngineCore core, Engine view, CallNode node, IntFunction<Variable<?>> cotangents) {
    this.core = core;
    this.view = view;
    this.node = node;
    this.cotangents = cotangents;
  }

  @Override
  public Engine engine() {
    return view;
  }

  @Override
  @SuppressWarnings("unchecked") // The operator knows its own signature.
  public <T> Variable<T> input(String path, Class<T> type) {
    int place = place(path);
    return (Variable<T>) variable(core, inputs()[place], node.next(place), node.slot(place));
  }

  @Override
  public <T> T value(String path, Class<T> type) {
    Object value = inputs()[place(path)].now();
    if (value == null) {
      throw new IllegalArgumentException(
          node.plan().name() + ": the argument `" + path + "` is a variable; use input(path)");
    }
    return PlacedCall.cast(node.plan(), path, value, type);
  }

  @Override
  public boolean has(String path) {
    return node.layout().has(path);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Variable<T> output(String path, Class<T> type) {
    return (Variable<T>) output(core, node, outputPlace(path));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Variable<T> cotangent(String output, Class<T> type) {
    return (Variable<T>) cotangents.apply(outputPlace(output));
  }

  @Override
  public boolean needsGrad(String path) {
    for (int place = 0; place < node.places(); place++) {
      if (node.next(place) != null && node.layout().isWithin(place, path)) {
        return true;
      }
    }
    return false;
  }

  /** An output of a recorded call as a variable. */
  static Variable<?> output(EngineCore core, CallNode node, int output) {
    Notes notes = node.notes();
    Pending<?> @Nullable [] outputs = notes == null ? null : notes.outputs();
    return variable(core, kept(node, outputs)[output], node, output);
  }

  private static <T> Variable<T> variable(
      EngineCore core, Pending<T> value, @Nullable GraphNode node, int output) {
    return new OutputVariable<>(core, core.nextSequence(1), null, value, node, output);
  }

  private Pending<?>[] inputs() {
    Notes notes = node.notes();
    return kept(node, notes == null ? null : notes.inputs());
  }

  private static Pending<?>[] kept(CallNode node, Pending<?> @Nullable [] values) {
    if (values == null) {
      throw new IllegalStateException(node.plan().name() + ": its graph was released");
    }
    return values;
  }

  private int place(String path) {
    return find(node.layout(), "input", path);
  }

  private int outputPlace(String path) {
    return find(Binder.outputs(node.plan(), node.outputs()), "output", path);
  }

  private int find(Layout layout, String what, String path) {
    int place = layout.find(path);
    if (place < 0) {
      throw new IllegalArgumentException(
          node.plan().name() + ": there is no " + what + " `" + path + "`; it has " + layout);
    }
    return place;
  }
}
