package dev.stride.core.internal.engine;

import dev.stride.api.BlockingOperator;
import dev.stride.api.CancellationToken;
import dev.stride.api.ForwardCall;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.RunCancelledException;
import dev.stride.api.Weight;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.InFlight.Work;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.Notes;
import dev.stride.core.internal.graph.OperatorPlan;
import java.lang.StackWalker.StackFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: waits for its inputs, runs the operator where its weight says, leaves what
 * the adjoint needs in the node, and completes the outputs. Ends once, however it ends.
 */
final class ForwardTask extends PlacedCall implements ForwardCall, Work, Runnable {

  private static final AtomicIntegerFieldUpdater<ForwardTask> MISSING =
      AtomicIntegerFieldUpdater.newUpdater(ForwardTask.class, "missing");

  private final Callee callee;
  private final CallSettings settings;
  private final @Nullable Object[] values;
  private final long sequence;
  private final @Nullable CallNode node;
  private final CallResults results;
  private final @Nullable StackFrame callSite;
  private final Span span;
  private volatile int missing = 1;
  private volatile boolean started;
  private volatile boolean ended;
  private OperatorPlan plan;

  ForwardTask(
      EngineCore engine,
      Callee callee,
      CallSettings settings,
      Binding binding,
      long sequence,
      @Nullable CallNode node,
      CallResults results,
      @Nullable StackFrame callSite) {
    super(engine, binding.layout());
    this.callee = callee;
    this.plan = callee.plan();
    this.settings = settings;
    this.values = binding.values();
    this.sequence = sequence;
    this.node = node;
    this.results = results;
    this.callSite = callSite;
    this.span = engine.span(Phase.FORWARD, plan, sequence, 0, engine.listeners());
  }

  /** Starts as soon as every input is there: now, if they are. */
  void submit() {
    span.scheduled();
    for (Object value : values) {
      if (value instanceof Pending<?> input && !input.isDone()) {
        MISSING.incrementAndGet(this);
        if (!input.attach(this)) {
          MISSING.decrementAndGet(this);
        }
      }
    }
    run();
  }

  /** One input more is there. */
  @Override
  public void run() {
    if (MISSING.decrementAndGet(this) == 0) {
      start();
    }
  }

  private void start() {
    Throwable upstream = takeInputs();
    if (upstream != null) {
      end(upstream);
      return;
    }
    try {
      plan = engine.dispatch().choose(callee, settings, layout, values, node);
      run(plan.worker().weight(this));
    } catch (Throwable failure) {
      end(wrap(failure));
    }
  }

  /** Replaces every variable by its value; the failure of the first that has none. */
  private @Nullable Throwable takeInputs() {
    for (int place = 0; place < values.length; place++) {
      if (values[place] instanceof Pending<?> input) {
        Object value = input.now();
        if (value == null) {
          return input.failure();
        }
        values[place] = value;
      }
    }
    return null;
  }

  private void run(Weight weight) {
    switch (weight) {
      case CHEAP -> forward(false);
      case COMPUTE -> {
        engine.inFlight().add(this);
        engine.pool().execute(this::forwardUnlessEnded);
      }
      case BLOCKING -> {
        engine.inFlight().add(this);
        engine.pool().executeBlocking(plan.name(), this::forwardUnlessEnded);
      }
    }
  }

  private void forwardUnlessEnded() {
    if (!ended) {
      forward(true);
    }
  }

  private void forward(boolean onThreadOfEngine) {
    try {
      started = true;
      checkTypes();
      span.started();
      BlockingOperator<?> plain = plan.plainCode();
      if (plain != null) {
        Outputs result = plain.forward(this);
        if (onThreadOfEngine) {
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

  private void checkTypes() {
    for (int place = 0; place < values.length; place++) {
      Object value = values[place];
      if (value != null) {
        ArgumentTypes.check(plan, layout, place, value);
      }
    }
  }

  private void follow(@Nullable CompletionStage<Outputs> stage) {
    if (stage == null) {
      throw new ContractException(null, "forward returned null. Return a stage of Outputs.");
    }
    // The minimal stage of a future is a subclass that refuses to tell its state.
    if (stage.getClass() == CompletableFuture.class
        && stage instanceof CompletableFuture<Outputs> future
        && future.state() == CompletableFuture.State.SUCCESS) {
      succeed(future.resultNow());
      return;
    }
    engine.inFlight().add(this);
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
      keep(places, saved);
      finish(null);
      results.complete(places);
    } catch (Throwable failure) {
      engine.savedStates().discard(plan.name(), saved);
      fail(wrap(failure));
    }
  }

  private void keep(Object[] places, @Nullable Object saved) {
    if (node == null) {
      engine.savedStates().discard(plan.name(), saved);
      return;
    }
    Object specs = engine.values().outputSpecs(results.layout(), places);
    node.keep(plan, values, places, specs, engine.spaces());
    if (saved != null) {
      node.saved(engine.savedStates().track(node, saved));
    }
    Notes notes = node.notes();
    if (notes != null) {
      notes.unfinished(null);
    }
  }

  private Throwable wrap(Throwable failure) {
    Throwable bare = Failures.unwrap(failure);
    return bare instanceof RunCancelledException && settings.cancellation().isCancelled()
        ? bare
        : engine.failures().forward(this, bare);
  }

  private void end(Throwable failure) {
    if (claimEnd()) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    finish(failure);
    results.fail(failure);
  }

  private void finish(@Nullable Throwable failure) {
    long elapsed = span.finished(failure);
    if (node != null && node.notes() != null) {
      node.notes().nanoseconds(elapsed);
    }
    engine.inFlight().remove(this);
    engine.backlog().leave();
  }

  private synchronized boolean claimEnd() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  @Override
  public void cancel(Throwable reason) {
    if (!started) {
      end(reason);
    }
  }

  @Override
  public void abandon(Throwable reason) {
    end(reason);
  }

  @Override
  public String name() {
    return plan.name() + "#" + sequence;
  }

  @Override
  OperatorPlan plan() {
    return plan;
  }

  CallResults results() {
    return results;
  }

  @Nullable StackFrame callSite() {
    return callSite;
  }

  @Override
  @Nullable Object valueAt(int place) {
    return values[place];
  }

  @Override
  boolean needsGradAt(int place) {
    return node != null && node.next(place) != null;
  }

  @Override
  public boolean records() {
    return node != null;
  }

  @Override
  public CancellationToken cancellation() {
    return settings.cancellation();
  }
}
