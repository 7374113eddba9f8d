package dev.stride.core.internal.engine;

import dev.stride.api.Arguments;
import dev.stride.api.DifferentiableOperator.VariableCall;
import dev.stride.api.Engine;
import dev.stride.api.Operator;
import dev.stride.api.Variable;
import dev.stride.api.spi.VectorSpace.Spec;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.Notes;
import dev.stride.core.internal.graph.Notes.Unfinished;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The variables of one recorded call, for an adjoint that is written on variables. */
final class RecordedCall implements VariableCall {

  private final EngineCore core;
  private final Engine view;
  private final CallNode node;
  private final IntFunction<Variable<?>> cotangents;
  private final @Nullable Unfinished unfinished;
  private @Nullable Layout outputs;

  RecordedCall(EngineCore core, Engine view, CallNode node, IntFunction<Variable<?>> cotangents) {
    this.core = core;
    this.view = view;
    this.node = node;
    this.cotangents = cotangents;
    Notes notes = node.notes();
    this.unfinished = notes == null ? null : notes.unfinished();
  }

  @Override
  public Engine engine() {
    return view;
  }

  @Override
  public <T> Variable<T> input(String path, Class<T> type) {
    int place = place(path);
    if (!node.plan().keeps(node.layout().portIndex(place))) {
      throw new IllegalStateException(
          node.plan().name()
              + ": its adjoint on variables asked for `"
              + path
              + "`, but the signature declares that the adjoint does not need it. Add it to"
              + " adjointNeeds(...), or take like(path) for its shape alone.");
    }
    return variable(argument(place), node.next(place), node.slot(place));
  }

  @Override
  public <T> Variable<T> like(String path, Class<T> type) {
    int place = place(path);
    if (unfinished != null && unfinished.argument(place) instanceof Pending<?> pending) {
      return zerosLike(variable(pending, null, 0));
    }
    return variable(whenEnded(() -> zero(place)), null, 0);
  }

  @Override
  public <T> T value(String path, Class<T> type) {
    int place = place(path);
    Object value = unfinished == null ? node.argument(place) : unfinished.argument(place);
    if (value == null || value instanceof Pending<?> || node.next(place) != null) {
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
  public <T> Variable<T> output(String path, Class<T> type) {
    int output = outputPlace(path);
    if (!node.plan().keepsOutput(output)) {
      throw new IllegalStateException(outputNotKept(node.plan(), path));
    }
    return variable(
        unfinished == null ? Pending.of(kept(node.output(output))) : unfinished.output(output),
        node,
        output);
  }

  static String outputNotKept(OperatorPlan plan, String path) {
    return plan.name()
        + ": its adjoint asked for the output `"
        + path
        + "`, but the signature does not keep it. Add it to keepsOutputs(...).";
  }

  /** Zeros like an output of the call. */
  Variable<?> zerosLikeOutput(int output) {
    return unfinished == null
        ? variable(Pending.of(node.spec(output).zero()), null, 0)
        : zerosLike(variable(unfinished.output(output), null, 0));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Variable<T> cotangent(String output, Class<T> type) {
    return (Variable<T>) cotangents.apply(outputPlace(output));
  }

  @Override
  public boolean needsGrad(String path) {
    int exact = node.layout().find(path);
    if (exact >= 0) {
      return node.next(exact) != null;
    }
    for (int place = 0; place < node.places(); place++) {
      if (node.next(place) != null && node.layout().isWithin(place, path)) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked") // The operator knows its own signature.
  private <T> Variable<T> variable(Pending<?> value, @Nullable GraphNode target, int output) {
    return new OutputVariable<>(
        core, core.nextSequence(1), null, (Pending<T>) value, target, output);
  }

  @SuppressWarnings("unchecked") // Zeros have the type of what they are like.
  private <T> Variable<T> zerosLike(Variable<?> variable) {
    Operator<?> zeros = new Constants.Like(core.spaces(), false);
    return (Variable<T>) view.call(zeros, Arguments.of(variable)).get(0);
  }

  private Pending<?> argument(int place) {
    return unfinished != null && unfinished.argument(place) instanceof Pending<?> pending
        ? pending
        : whenEnded(() -> kept(node.argument(place)));
  }

  private Object zero(int place) {
    Spec<?> spec = node.argumentSpec(place);
    return (spec == null ? core.spaces().spec(kept(node.argument(place))) : spec).zero();
  }

  /** Something of the node as soon as its forward has ended, such as a number made a tensor. */
  private Pending<Object> whenEnded(Supplier<Object> something) {
    if (unfinished == null) {
      return Pending.of(something.get());
    }
    Pending<Object> later = new Pending<>();
    Pending<?> output = unfinished.output(0);
    output.whenDone(() -> {
      Throwable failure = output.failure();
      if (failure != null) {
        later.fail(failure);
      } else {
        later.complete(something.get());
      }
    });
    return later;
  }

  private Object kept(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException(node.plan().name() + ": its graph was released");
    }
    return value;
  }

  private int place(String path) {
    return find(node.layout(), "input", path);
  }

  private int outputPlace(String path) {
    if (outputs == null) {
      outputs = Binder.outputs(node.plan(), node.outputs());
    }
    return find(outputs, "output", path);
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
