package dev.stride.core.internal.engine;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.RunCancelledException;
import dev.stride.api.Weight;
import dev.stride.core.internal.async.Arrivals;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.Callee.Choice;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.OperatorPlan;
import java.lang.StackWalker.StackFrame;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: waits for its inputs, runs the operator where its weight says, leaves what
 * the adjoint needs in the node, and completes the outputs. Ends once, however it ends.
 */
final class ForwardTask extends ForwardView implements Runnable {

  private final Callee callee;
  private final long sequence;
  private final CallResults results;
  private final @Nullable StackFrame callSite;
  private final Span span;
  private OperatorPlan plan;
  private @Nullable Flight flight;
  private boolean ended;

  ForwardTask(
      EngineCore engine,
      Callee callee,
      CallSettings settings,
      Binding binding,
      long sequence,
      @Nullable CallNode node,
      CallResults results,
      @Nullable StackFrame callSite) {
    super(engine, binding.layout(), settings, binding.values(), node);
    this.callee = callee;
    this.plan = callee.plan();
    this.sequence = sequence;
    this.results = results;
    this.callSite = callSite;
    this.span = engine.span(Phase.FORWARD, plan, sequence, 0, engine.listeners());
  }

  /** Starts as soon as every input is there: now, if they are. */
  void submit() {
    span.scheduled();
    Arrivals arrivals = null;
    for (Object value : values) {
      if (value instanceof Pending<?> input && !input.isDone()) {
        if (arrivals == null) {
          CallRecord.noteUnfinished(this, node);
          arrivals = new Arrivals(this);
        }
        arrivals.await(input);
      }
    }
    if (arrivals == null) {
      run();
    } else {
      arrivals.run();
    }
  }

  /** Every input is there, or has failed. */
  @Override
  public void run() {
    try {
      Throwable upstream = takeInputs();
      if (upstream != null) {
        end(upstream);
        return;
      }
      Choice choice = engine.dispatch().choose(callee, settings, layout, values);
      if (choice == null) {
        start();
        return;
      }
      plan = choice.plan();
      if (engine.dispatch().mustMove(choice, values)) {
        Flight current = takeOff();
        engine.pool().executeBlocking(plan.name(), () -> moveInputs(choice, current));
      } else {
        start();
      }
    } catch (Throwable failure) {
      end(wrap(failure));
    }
  }

  /** Brings the inputs to the device, on a thread that may wait for another one. */
  private void moveInputs(Choice choice, Flight current) {
    try {
      if (!current.hasEnded()) {
        engine.dispatch().moveInputs(choice, layout, values, node);
        start();
      }
    } catch (Throwable failure) {
      end(wrap(failure));
    }
  }

  private void start() {
    ArgumentTypes.numbersToTensors(layout, values);
    run(plan.worker().weight(this));
  }

  /** Replaces every variable by its value; the failure of the first that has none. */
  private @Nullable Throwable takeInputs() {
    for (int place = 0; place < values.length; place++) {
      if (values[place] instanceof Pending<?> input) {
        Object value = input.now();
        if (value == null) {
          return input.failure();
        }
        ArgumentTypes.check(plan, layout, place, value);
        values[place] = value;
      }
    }
    return null;
  }

  private void run(Weight weight) {
    switch (weight) {
      case CHEAP -> startHere();
      case COMPUTE -> engine.pool().execute(takeOff());
      case BLOCKING -> engine.pool().executeBlocking(plan.name(), takeOff());
    }
  }

  private void startHere() {
    if (flight == null) {
      forward();
    } else {
      flight.run();
    }
  }

  /** Leaves this thread: from now on others may end this call. */
  private Flight takeOff() {
    Flight current = flight;
    if (current == null) {
      CallRecord.noteUnfinished(this, node);
      current = new Flight(this);
      flight = current;
      engine.inFlight().add(current);
    }
    return current;
  }

  void forward() {
    try {
      span.started();
      BlockingOperator<?> plain = plan.plainCode();
      if (plain != null) {
        Outputs result = plain.forward(this);
        if (flight != null) {
          Thread.interrupted(); // An interruption that an operator leaves is not the next one's.
        }
        succeed(result);
      } else {
        follow(plan.worker().forward(this, engine.pool()));
      }
    } catch (Throwable failure) {
      end(wrap(failure));
    }
  }

  private void follow(@Nullable CompletionStage<Outputs> stage) {
    if (stage == null) {
      throw new ContractException(null, "forward returned null. Return a stage of Outputs.");
    }
    Outputs now = Stages.now(stage);
    if (now != null) {
      succeed(now);
      return;
    }
    takeOff().started();
    Once once = new Once();
    stage.whenComplete((result, failure) -> once.run(() -> ended(result, failure)));
  }

  private void ended(@Nullable Outputs result, @Nullable Throwable failure) {
    if (failure == null) {
      succeed(result);
    } else {
      end(wrap(failure));
    }
  }

  private void succeed(@Nullable Outputs result) {
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

  private Throwable wrap(Throwable failure) {
    Throwable bare = Failures.unwrap(failure);
    return bare instanceof RunCancelledException && settings.cancellation().isCancelled()
        ? bare
        : engine.failures().forward(this, bare);
  }

  void end(Throwable failure) {
    if (claimEnd()) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    CallRecord.noteUnfinished(
        this, node); // It never will be: what is composed of it fails like its outputs.
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

  String name() {
    return plan.name() + "#" + sequence;
  }

  @Override
  OperatorPlan plan() {
    return plan;
  }

  CallResults results() {
    return results;
  }

  /** What it is recorded in; null if nothing is recorded. */
  @Nullable CallNode node() {
    return node;
  }

  @Nullable StackFrame callSite() {
    return callSite;
  }
}
