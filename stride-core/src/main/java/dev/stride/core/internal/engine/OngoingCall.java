package dev.stride.core.internal.engine;

import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.RunCancelledException;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.OperatorPlan;
import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/**
 * A call and how it ends: once, be it by its operator, by what comes before that, or by somebody
 * who does not wait for it any more. Leaves what the adjoint needs in the node, and completes the
 * outputs.
 */
abstract class OngoingCall extends ForwardView implements Flight.Call {

  final Span span;
  private final long sequence;
  private final CallResults results;
  private final @Nullable StackFrame callSite;
  private OperatorPlan plan;
  private @Nullable Flight flight;
  private boolean ended;

  OngoingCall(
      EngineCore engine,
      OperatorPlan plan,
      CallSettings settings,
      Binding binding,
      long sequence,
      @Nullable CallNode node,
      CallResults results,
      @Nullable StackFrame callSite) {
    super(engine, binding.layout(), settings, binding.values(), node);
    this.plan = plan;
    this.sequence = sequence;
    this.results = results;
    this.callSite = callSite;
    this.span = engine.span(Phase.FORWARD, plan, sequence, 0, engine.listeners());
  }

  /** Leaves this thread: from now on others may end this call. */
  final Flight takeOff() {
    Flight current = flight;
    if (current == null) {
      CallRecord.noteUnfinished(this, node);
      current = new Flight(this);
      flight = current;
      engine.inFlight().add(current);
    }
    return current;
  }

  /** What others may end it by; null while it is on the thread that made it. */
  final @Nullable Flight flight() {
    return flight;
  }

  /** Notes which implementation of the operator runs. */
  final void runs(OperatorPlan chosen) {
    plan = chosen;
  }

  final void succeed(@Nullable Outputs result) {
    Object saved = result == null ? null : result.saved();
    if (!claimEnd()) {
      engine.savedStates().discard(plan.name(), saved);
      return;
    }
    try {
      Object[] places = OutputCheck.places(plan, results.layout(), result);
      engine.anomalies().checkForward(this, results.layout(), places);
      if (node == null) {
        engine.savedStates().discard(plan.name(), saved);
      } else {
        CallRecord.keep(this, node, places, saved);
      }
      finish(null);
      results.complete(places);
    } catch (Throwable failure) {
      engine.savedStates().discard(plan.name(), saved);
      fail(wrap(failure));
    }
  }

  final Throwable wrap(Throwable failure) {
    Throwable bare = Failures.unwrap(failure);
    return bare instanceof RunCancelledException && settings.cancellation().isCancelled()
        ? bare
        : engine.failures().forward(this, bare);
  }

  @Override
  public final void end(Throwable failure) {
    if (claimEnd()) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    CallRecord.noteUnfinished(this, node); // What is composed of it fails like its outputs.
    finish(failure);
    results.fail(failure);
  }

  private void finish(@Nullable Throwable failure) {
    long elapsed = span.finished(failure);
    if (node != null && node.notes() != null) {
      node.notes().nanoseconds(elapsed);
    }
    if (flight != null) {
      engine.inFlight().remove(flight);
    }
    engine.backlog().leave();
  }

  /** Whether this ends the call. On the thread that made it nobody else can. */
  private boolean claimEnd() {
    if (flight != null) {
      return flight.claimEnd();
    }
    boolean first = !ended;
    ended = true;
    return first;
  }

  @Override
  public final String name() {
    return plan.name() + "#" + sequence;
  }

  @Override
  final OperatorPlan plan() {
    return plan;
  }

  final CallResults results() {
    return results;
  }

  /** What it is recorded in; null if nothing is recorded. */
  final @Nullable CallNode node() {
    return node;
  }

  final @Nullable StackFrame callSite() {
    return callSite;
  }
}
