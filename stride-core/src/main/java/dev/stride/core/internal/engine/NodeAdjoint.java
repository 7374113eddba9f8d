package dev.stride.core.internal.engine;

import dev.stride.api.RunCancelledException;
import dev.stride.api.Weight;
import dev.stride.api.spi.VectorSpace.Spec;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Notes;
import dev.stride.core.internal.graph.SavedState;
import dev.stride.core.internal.graph.Visit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of one node in one run, whose cotangents have all arrived: it begins, and ends once.
 */
final class NodeAdjoint extends AdjointView {

  private final Span span;
  private @Nullable Weight weight;
  private boolean cheap;
  private boolean begun;
  private boolean ended;
  private boolean gone;

  NodeAdjoint(RunContext run, Visit visit, CallNode node) {
    super(run, visit, node);
    this.span = run.span(node);
    span.scheduled();
  }

  /**
   * Asks the operator how expensive this call is, which may fail like anything of an operator's.
   */
  void weigh() {
    Weight told = Objects.requireNonNull(plan().worker().weight(this), "weight");
    weight = told;
    cheap = told == Weight.CHEAP && plan().plainCode() != null && !movesBack();
  }

  Weight weight() {
    return Objects.requireNonNull(weight, "not weighed");
  }

  /** Whether inputs came from other devices, so that their gradients go back there. */
  boolean movesBack() {
    Notes notes = node.notes();
    return notes != null && notes.origins() != null;
  }

  /** Whether it begins and ends on the thread that found it ready. */
  boolean isCheap() {
    return cheap;
  }

  String name() {
    return plan().name() + "#" + node.sequence();
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

  /** The operator starts: keeps what forward saved open; throws if nothing may start any more. */
  void begin() {
    run.life().running().add(this);
    if (!cheap && run.life().isCancelled()) { // Who cancelled may have looked before it was added.
      throw new RunCancelledException(run.label() + " was cancelled before an operator started.");
    }
    if (saved instanceof SavedState state && !state.acquire()) {
      throw new IllegalStateException("what forward saved is closed already");
    }
    begun = true;
    span.started();
  }

  /** The operator has ended, and its node is released unless it failed; false if that is known. */
  boolean end(@Nullable Throwable failure) {
    if (!claimEnd()) {
      return false;
    }
    if (begun && saved instanceof SavedState state) {
      state.release();
    }
    long elapsed = span.finished(failure);
    run.meter().time(plan().name(), elapsed);
    Notes notes = node.notes();
    if (notes != null && elapsed > 0) {
      notes.nanoseconds(elapsed);
    }
    run.life().running().remove(this);
    if (failure == null && !run.options().retain()) {
      run.release(node, span);
    }
    return true;
  }

  /**
   * It has passed its gradients on, or never will: lets go of its cotangents, once. Whoever goes on
   * with an adjoint is the only one who does.
   */
  void leave() {
    if (engine.spaces().haveCustody() && !gone) {
      gone = true;
      letGo();
    }
  }

  /** One that is cheap ends on the thread that runs it, and nowhere else. */
  private boolean claimEnd() {
    if (cheap) {
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

  /** A gradient, if it has its input's shape and type; moved to the input's device if need be. */
  Object checkedGradient(int place, Object gradient) {
    Object here = engine.dispatch().moveBack(run, node, place, gradient);
    if (here != gradient) {
      engine.spaces().moved(gradient, here);
    }
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
}
