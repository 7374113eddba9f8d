package dev.stride.core.internal.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.CancellationToken;
import dev.stride.api.Weight;
import dev.stride.api.spi.VectorSpace.Spec;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.Notes;
import dev.stride.core.internal.graph.OperatorPlan;
import dev.stride.core.internal.graph.SavedState;
import dev.stride.core.internal.graph.Visit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The adjoint of one node in one run, whose cotangents have all arrived. */
final class NodeAdjoint extends PlacedCall implements AdjointCall {

  private final RunContext run;
  private final Visit visit;
  private final CallNode node;
  private final @Nullable Object saved;
  private final @Nullable Object[] cotangents;
  private @Nullable Weight weight;
  private final Span span;
  private volatile @Nullable Layout outputs;
  private boolean begun;
  private boolean ended;

  NodeAdjoint(RunContext run, Visit visit, CallNode node) {
    super(run.engine(), node.layout());
    this.run = run;
    this.visit = visit;
    this.node = node;
    this.saved = node.saved();
    this.cotangents = new @Nullable Object[node.outputs()];
    for (int output = 0; output < cotangents.length; output++) {
      cotangents[output] = visit.take(output, engine.spaces());
    }
    run.tap().see(node, cotangents);
    this.span = run.span(node);
    span.scheduled();
  }

  /**
   * Asks the operator how expensive this call is, which may fail like anything of an operator's.
   */
  void weigh() {
    weight = Objects.requireNonNull(node.plan().worker().weight(this), "weight");
  }

  String name() {
    return node.plan().name() + "#" + node.sequence();
  }

  Weight weight() {
    return Objects.requireNonNull(weight, "not weighed");
  }

  boolean isCheap() {
    return weight == Weight.CHEAP && node.plan().plainCode() != null;
  }

  Visit visit() {
    return visit;
  }

  CallNode node() {
    return node;
  }

  Span span() {
    return span;
  }

  /** Keeps what forward saved open until {@link #end}. */
  void begin() {
    if (saved instanceof SavedState state && !state.acquire()) {
      throw new IllegalStateException("what forward saved is closed already");
    }
    begun = true;
    span.started();
  }

  /** Ends the use of what forward saved; whether this is the first end. */
  boolean end(@Nullable Throwable failure) {
    if (!claimEnd()) {
      return false;
    }
    if (begun && saved instanceof SavedState state) {
      state.release();
    }
    long elapsed = span.finished(failure);
    run.meter().time(node.plan().name(), elapsed);
    Notes notes = node.notes();
    if (notes != null && elapsed > 0) {
      notes.nanoseconds(elapsed);
    }
    return true;
  }

  /** One that is cheap ends on the thread that runs it, and nowhere else. */
  private boolean claimEnd() {
    if (isCheap()) {
      return claimEndAlone();
    }
    synchronized (this) {
      return claimEndAlone();
    }
  }

  private boolean claimEndAlone() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** Bytes of the cotangents held here. */
  long cotangentBytes() {
    long bytes = 0;
    for (int output = 0; output < cotangents.length; output++) {
      bytes += cotangents[output] == null ? 0 : node.spec(output).bytes();
    }
    return bytes;
  }

  /** A gradient, if it has its input's shape and type; moved to the input's device if need be. */
  Object checkedGradient(int place, Object gradient) {
    Object here = engine.dispatch().moveBack(run, node, place, gradient);
    GraphNode next = node.next(place);
    Spec<?> expected = next == null ? null : next.spec(node.slot(place));
    if (expected != null && !expected.equals(engine.values().spec(here))) {
      String path = layout.path(place);
      throw new ContractException(
          path,
          "adjoint returned a gradient of "
              + engine.values().shape(here)
              + " for `"
              + path
              + "`, which is "
              + expected
              + ". A gradient has the shape and type of its input.");
    }
    return here;
  }

  @Override
  OperatorPlan plan() {
    return node.plan();
  }

  @Override
  @Nullable Object valueAt(int place) {
    return node.argument(place);
  }

  @Override
  boolean needsGradAt(int place) {
    Visit target = visit.target(place);
    return target != null && target.isWanted();
  }

  @Override
  public <T> T cotangent(String output, Class<T> type) {
    Layout outputs = outputs();
    int place = outputs.find(output);
    if (place < 0) {
      throw noOutput(output);
    }
    return cotangent(outputs, place, type);
  }

  @Override
  public <T> List<T> cotangents(String port, Class<T> type) {
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
  public boolean isZero(String output) {
    Layout outputs = outputs();
    int exact = outputs.find(output);
    if (exact >= 0) {
      return cotangents[exact] == null;
    }
    boolean zero = true;
    boolean known = false;
    for (int place = 0; place < outputs.size(); place++) {
      if (outputs.isWithin(place, output)) {
        known = true;
        zero &= cotangents[place] == null;
      }
    }
    if (!known && !outputs.has(output)) {
      throw noOutput(output);
    }
    return zero;
  }

  @Override
  public <T> T output(String path, Class<T> type) {
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
  public <S> S saved(Class<S> type) {
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
  public @Nullable Object option(String name) {
    return run.options().arguments().get(name);
  }

  @Override
  public CancellationToken cancellation() {
    return run;
  }

  private <T> T cotangent(Layout outputs, int place, Class<T> type) {
    Object cotangent = cotangents[place];
    Object value = cotangent == null ? zero(outputs, place) : cotangent;
    return cast(plan(), "cotangent of " + outputs.path(place), value, type);
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
