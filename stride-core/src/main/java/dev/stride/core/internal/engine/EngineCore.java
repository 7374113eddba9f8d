package dev.stride.core.internal.engine;

import dev.stride.api.CancellationToken;
import dev.stride.api.Engine;
import dev.stride.api.Phase;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.api.spi.EngineListener.Event;
import dev.stride.core.internal.async.ComputePool;
import dev.stride.core.internal.async.Deadlines;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.Claims;
import dev.stride.core.internal.graph.OperatorPlan;
import dev.stride.core.internal.graph.SavedStates;
import dev.stride.core.internal.graph.Spaces;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The parts of an engine, and the small questions that they ask each other. */
final class EngineCore implements CancellationToken {

  private final Engine front;
  private final EngineConfiguration configuration;
  private final ComputePool pool;
  private final Registry registry;
  private final Listeners listeners;
  private final Spaces spaces;
  private final Values values;
  private final Publisher publisher;
  private final Deadlines deadlines;
  private final SavedStates savedStates = new SavedStates();
  private final Claims claims = new Claims();
  private final InFlight inFlight = new InFlight();
  private final CallScope scope = new CallScope();
  private final AtomicLong sequence = new AtomicLong(1);
  private final Backlog backlog;
  private final Anomalies anomalies;
  private final Callees callees;
  private final Dispatch dispatch = new Dispatch(this);
  private final OperatorFailures failures = new OperatorFailures(this);
  private final Calls calls = new Calls(this);
  private final Fusions fusions = new Fusions(this);
  private final Runs runs = new Runs(this);
  private volatile boolean closed;

  EngineCore(
      Engine front, EngineConfiguration configuration, Function<Executor, Registry> discovery) {
    this.front = front;
    this.configuration = configuration;
    this.pool = new ComputePool(configuration.threads(), configuration.executor());
    this.deadlines = new Deadlines(configuration.timer());
    this.registry = discover(discovery);
    this.listeners = new Listeners(configuration.listeners());
    this.spaces = new Spaces(registry::space, registry.spaces());
    this.values = new Values(registry, spaces);
    this.publisher = new Publisher(spaces, pool);
    this.backlog = new Backlog(configuration.maximumUnfinished());
    this.anomalies = new Anomalies(this, configuration.detectAnomalies());
    this.callees = new Callees(registry);
  }

  private Registry discover(Function<Executor, Registry> discovery) {
    try {
      return discovery.apply(pool);
    } catch (Throwable failure) {
      pool.close(Duration.ZERO);
      throw failure;
    }
  }

  Engine front() {
    return front;
  }

  EngineConfiguration configuration() {
    return configuration;
  }

  ComputePool pool() {
    return pool;
  }

  Registry registry() {
    return registry;
  }

  Listeners listeners() {
    return listeners;
  }

  Spaces spaces() {
    return spaces;
  }

  Values values() {
    return values;
  }

  Publisher publisher() {
    return publisher;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  SavedStates savedStates() {
    return savedStates;
  }

  Claims claims() {
    return claims;
  }

  InFlight inFlight() {
    return inFlight;
  }

  CallScope scope() {
    return scope;
  }

  Backlog backlog() {
    return backlog;
  }

  Anomalies anomalies() {
    return anomalies;
  }

  Callees callees() {
    return callees;
  }

  Dispatch dispatch() {
    return dispatch;
  }

  OperatorFailures failures() {
    return failures;
  }

  Calls calls() {
    return calls;
  }

  Fusions fusions() {
    return fusions;
  }

  Runs runs() {
    return runs;
  }

  /** How long operators may ignore that their work was cancelled. */
  Duration patience() {
    return configuration.closeTimeout();
  }

  /** The first of some numbers that nothing else in this engine has. */
  long nextSequence(int count) {
    return sequence.getAndAdd(count);
  }

  /** Whether the engine is closing: the token of operators that belong to no run. */
  @Override
  public boolean isCancelled() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the engine is closed; values that were complete can still be read");
    }
  }

  /** Marks the engine closed; false if it was. */
  synchronized boolean markClosed() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  /** A variable of this engine. */
  <T> EngineVariable<T> own(Variable<T> variable) {
    if (variable instanceof EngineVariable<T> ours && ours.owner() == this) {
      return ours;
    }
    throw new IllegalArgumentException(
        "variable '" + variable.name() + "' belongs to another engine");
  }

  /** Waits for a value, unless that could never end here. */
  <T> T await(Pending<T> value, String what) {
    if (!value.isDone() && !pool.mayWait()) {
      throw new IllegalStateException(
          "waiting for "
              + what
              + " on a thread that computes for the engine could never end. Chain on its stage"
              + " instead, or declare the operator that waits as BLOCKING.");
    }
    try {
      return value.future().join();
    } catch (Throwable failure) {
      throw Failures.rethrown(Failures.unwrap(failure));
    }
  }

  /** How listeners, recordings and statistics see a phase of a call. */
  Span span(Phase phase, OperatorPlan plan, long number, long run, Listeners told) {
    boolean cheap = plan.weight() == Weight.CHEAP;
    return cheap && told.isEmpty() && !FlightEvent.isWanted()
        ? Span.NONE
        : new Span.Observed(told, new Event(phase, plan.name(), number, run));
  }
}
