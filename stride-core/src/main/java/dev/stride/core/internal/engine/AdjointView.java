package dev.stride.core.internal.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.CancellationToken;
import dev.stride.api.spi.VectorSpace.Spec;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import dev.stride.core.internal.graph.SavedState;
import dev.stride.core.internal.graph.Spaces;
import dev.stride.core.internal.graph.Visit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the adjoint of a node may look at: the cotangents that arrived, the arguments that were
 * kept, and what forward saved.
 */
abstract class AdjointView extends PlacedCall implements AdjointCall {

  final RunContext run;
  final Visit visit;
  final CallNode node;
  final @Nullable Object saved;

  /** The cotangent of the only output, or an array by output. */
  private final @Nullable Object cotangents;

  private @Nullable Layout outputs;

  AdjointView(RunContext run, Visit visit, CallNode node) {
    super(run.engine(), node.layout());
    this.run = run;
    this.visit = visit;
    this.node = node;
    this.saved = node.saved();
    this.cotangents = node.outputs() == 1 ? take(0) : takeAll();
  }

  private @Nullable Object take(int output) {
    Spaces spaces = engine.spaces();
    Object cotangent = visit.take(output, spaces);
    run.tap().see(node, output, cotangent, spaces);
    spaces.show(cotangent, node.plan().worker());
    return cotangent;
  }

  private @Nullable Object[] takeAll() {
    @Nullable Object[] all = new @Nullable Object[node.outputs()];
    for (int output = 0; output < all.length; output++) {
      all[output] = take(output);
    }
    return all;
  }

  private @Nullable Object cotangentAt(int output) {
    return node.outputs() == 1 || cotangents == null ? cotangents : ((Object[]) cotangents)[output];
  }

  /** Bytes of the cotangents held here. */
  final long cotangentBytes() {
    long bytes = 0;
    for (int output = 0; output < node.outputs(); output++) {
      bytes += cotangentAt(output) == null ? 0 : node.spec(output).bytes();
    }
    return bytes;
  }

  /** Lets go of the cotangents held here. */
  final void letGo() {
    for (int output = 0; output < node.outputs(); output++) {
      engine.spaces().letGo(cotangentAt(output));
    }
  }

  @Override
  final OperatorPlan plan() {
    return node.plan();
  }

  @Override
  final @Nullable Object valueAt(int place) {
    return node.argument(place);
  }

  @Override
  final boolean needsGradAt(int place) {
    Visit target = visit.target(place);
    return target != null && target.isWanted();
  }

  @Override
  public final <T> T cotangent(String output, Class<T> type) {
    Layout outputs = outputs();
    int place = outputs.find(output);
    if (place < 0) {
      throw noOutput(output);
    }
    return cotangent(outputs, place, type);
  }

  @Override
  public final <T> List<T> cotangents(String port, Class<T> type) {
    Layout outputs = outputs();
    List<T> found = new ArrayList<>();
    for (int place = 0; place < outputs.size(); place++) {
      if (outputs.isWithin(place, port)) {
        found.add(cotangent(outputs, place, type));
      }
    }
    return Collections.unmodifiableList(found);
  }

  @Override
  public final boolean isZero(String output) {
    Layout outputs = outputs();
    int exact = outputs.find(output);
    if (exact >= 0) {
      return cotangentAt(exact) == null;
    }
    boolean zero = true;
    boolean known = false;
    for (int place = 0; place < outputs.size(); place++) {
      if (outputs.isWithin(place, output)) {
        known = true;
        zero &= cotangentAt(place) == null;
      }
    }
    if (!known && !outputs.has(output)) {
      throw noOutput(output);
    }
    return zero;
  }

  @Override
  public final <T> T output(String path, Class<T> type) {
    Layout outputs = outputs();
    int place = outputs.find(path);
    if (place < 0) {
      throw noOutput(path);
    }
    Object value = node.output(place);
    if (value == null) {
      throw new IllegalStateException(RecordedCall.outputNotKept(plan(), path));
    }
    return cast(plan(), path, value, type);
  }

  @Override
  public final <S> S saved(Class<S> type) {
    Object state = saved instanceof SavedState closeable ? closeable.state() : saved;
    if (!type.isInstance(state)) {
      throw new IllegalStateException(
          plan().name()
              + ": its adjoint asked for a saved "
              + type.getSimpleName()
              + ", but forward saved "
              + (state == null ? "nothing" : "a " + state.getClass().getSimpleName())
              + ". Give it to Outputs.saving(...).");
    }
    return type.cast(state);
  }

  @Override
  public final @Nullable Object option(String name) {
    return run.options().arguments().get(name);
  }

  @Override
  public final CancellationToken cancellation() {
    return run.life();
  }

  private <T> T cotangent(Layout outputs, int place, Class<T> type) {
    Object cotangent = cotangentAt(place);
    Object value = cotangent == null ? zero(outputs, place) : cotangent;
    return type.isInstance(value)
        ? type.cast(value)
        : cast(plan(), "cotangent of " + outputs.path(place), value, type);
  }

  private Object zero(Layout outputs, int place) {
    Spec<?> spec = node.knownSpec(place);
    if (spec == null) {
      throw new IllegalArgumentException(
          plan().name()
              + ": output `"
              + outputs.path(place)
              + "` is auxiliary; it has no cotangent.");
    }
    return spec.zero();
  }

  private Layout outputs() {
    Layout known = outputs;
    if (known == null) {
      known = Binder.outputs(plan(), node.outputs());
      outputs = known;
    }
    return known;
  }

  private IllegalArgumentException noOutput(String path) {
    return new IllegalArgumentException(
        plan().name() + ": there is no output `" + path + "`; it has " + outputs() + ".");
  }
}
