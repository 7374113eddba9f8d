package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.CancellationToken;
import dev.stride.api.Phase;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.spi.EngineListener.Event;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.InFlight.Work;
import dev.stride.core.internal.engine.Publisher.Contribution;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.OperatorPlan;
import dev.stride.core.internal.graph.RunLabel;
import dev.stride.core.internal.graph.RunPlan;
import dev.stride.core.internal.graph.Visit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The life of one run: what it works on, how far it is, and how it ends.
 *
 * <p>It ends when nothing of it is active: no thread drives it and no operator of it runs. It then
 * holds the gradients of the leaves, or the first failure, and has released the graph.
 */
final class RunContext implements CancellationToken, Work {

  private static final Ending SUCCESS = new Ending(null);

  private final EngineCore engine;
  private final RunLabel label;
  private final RunPlan plan;
  private final AdjointOptions options;
  private final Tap tap;
  private final Listeners listeners;
  private final Meter meter;
  private final Pending<RunContext> end = new Pending<>();
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private final AtomicInteger active = new AtomicInteger(1);
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Set<NodeAdjoint> running = ConcurrentHashMap.newKeySet();

  /** For messages only, so a race on it does no harm: cheap operators are too many to follow. */
  private @Nullable OperatorPlan lastCheap;

  private volatile boolean refused;
  private final FlightRun recording = new FlightRun();

  RunContext(
      EngineCore engine,
      RunLabel label,
      RunPlan plan,
      AdjointOptions options,
      Tap tap,
      Meter meter) {
    this.engine = engine;
    this.label = label;
    this.plan = plan;
    this.options = options;
    this.tap = tap;
    this.listeners = engine.listeners().and(options.listeners());
    this.meter = meter;
    recording.begin();
  }

  EngineCore engine() {
    return engine;
  }

  RunLabel label() {
    return label;
  }

  RunPlan plan() {
    return plan;
  }

  AdjointOptions options() {
    return options;
  }

  Tap tap() {
    return tap;
  }

  Meter meter() {
    return meter;
  }

  /** Completes when the run has ended: with it, or with its failure. */
  Pending<RunContext> end() {
    return end;
  }

  Span span(CallNode node) {
    return engine.span(Phase.ADJOINT, node.plan(), node.sequence(), label.number(), listeners);
  }

  /** The first to call this goes on, be it to begin or to give up. */
  boolean claimBeginning() {
    return begun.compareAndSet(false, true);
  }

  void enter() {
    active.incrementAndGet();
  }

  void leave() {
    if (active.decrementAndGet() == 0) {
      finish();
    }
  }

  /** Notes that an operator starts; throws if nothing may start any more. */
  void started(NodeAdjoint call) {
    if (call.isCheap()) {
      lastCheap = call.plan();
    } else {
      running.add(call);
      if (isCancelled()) { // Whoever cancelled may have looked before it was added.
        throw new RunCancelledException(label + " was cancelled before an operator started.");
      }
    }
    call.begin();
  }

  /** Notes what arrived at a node that is asked for and passes nothing on. */
  void seen(Visit visit, CallNode node) {
    @Nullable Object[] cotangents = new @Nullable Object[node.outputs()];
    for (int output = 0; output < cotangents.length; output++) {
      cotangents[output] = visit.take(output, engine.spaces());
    }
    tap.see(node, cotangents);
  }

  /** Notes that an operator ended; false if that is known. */
  boolean ended(NodeAdjoint call, @Nullable Throwable thrown) {
    if (!call.end(thrown)) {
      return false;
    }
    if (call.isCheap()) {
      lastCheap = null;
    } else {
      running.remove(call);
    }
    if (thrown == null && !options.retain()) {
      release(call.node(), call.span());
    }
    return true;
  }

  void check(NodeAdjoint call, @Nullable Object[] gradients) {
    if (engine.anomalies().isWanted(options.detectAnomalies())) {
      engine.anomalies().checkAdjoint(call, gradients);
    }
  }

  /** Ends the run because an operator failed; after a cancellation that is only its echo. */
  void fail(NodeAdjoint call, Throwable thrown) {
    if (!(isCancelled() && thrown instanceof RunCancelledException)) {
      stop(engine.failures().adjoint(call, plan.pathToRoot(call.node()), thrown));
    }
  }

  /** Stops the run; the first reason is its failure. Whether this is the first. */
  boolean stop(Throwable reason) {
    Ending first = ending.compareAndExchange(null, new Ending(reason));
    if (first != null) {
      if (first.failure() != null && !over.get()) {
        Failures.suppress(first.failure(), reason);
      }
      return false;
    }
    if (claimBeginning()) {
      leave();
    } else {
      end.whenDone(engine.deadlines().after(engine.patience(), this::abandon));
    }
    return true;
  }

  /** Ends a run that could not begin; its graph stays as it was. */
  void refuse(Throwable reason) {
    refused = true;
    stop(reason);
    leave();
  }

  @Override
  public boolean isCancelled() {
    Ending now = ending.get();
    return now != null && now != SUCCESS;
  }

  /** Tells listeners that gradients are in the leaves. */
  void accumulated(List<Contribution> contributions) {
    for (Contribution one : contributions) {
      var cell = one.cell();
      listeners.accumulated(
          new Event(Phase.ACCUMULATE, cell.name(), cell.sequence(), label.number()));
    }
  }

  @Override
  public String name() {
    return label.toString();
  }

  @Override
  public void cancel(Throwable reason) {
    stop(reason);
  }

  @Override
  public void abandon(Throwable reason) {
    stop(reason);
    abandon();
  }

  private void abandon() {
    if (!over.get()) {
      List<String> stuck = stuck();
      if (!stuck.isEmpty()) {
        Abandonment abandonment = new Abandonment(name(), stuck, engine.patience());
        ending.updateAndGet(now -> now == SUCCESS ? now : added(abandonment, now));
      }
      finish();
    }
  }

  private static Ending added(Abandonment abandonment, @Nullable Ending now) {
    return new Ending(abandonment.added(now == null ? null : now.failure()));
  }

  private List<String> stuck() {
    OperatorPlan cheap = lastCheap;
    return running.isEmpty() && cheap != null
        ? List.of(cheap.name())
        : running.stream().map(NodeAdjoint::name).sorted().toList();
  }

  private void finish() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    Throwable reason = outcome();
    meter.stop();
    releaseRest(reason != null);
    record(reason != null);
    if (reason == null) {
      end.complete(this);
    } else {
      end.fail(reason);
    }
  }

  /** Decides how the run ended, so that whoever stops it from now on is told that it is late. */
  private @Nullable Throwable outcome() {
    if (meter.visited() != plan.wanted()) {
      String text = label + " visited " + meter.visited() + " nodes of " + plan.wanted();
      ending.compareAndSet(null, new Ending(new IllegalStateException(text)));
    }
    Ending first = ending.compareAndExchange(null, SUCCESS);
    return first == null ? null : first.failure();
  }

  private void releaseRest(boolean failed) {
    if (options.retain() || refused) {
      engine.claims().giveBack(plan, options.retain());
    } else if (failed || plan.wanted() < plan.order().size()) {
      for (Visit visit : plan.order()) {
        if (visit.node() instanceof CallNode node) {
          release(node, span(node));
        }
      }
    }
  }

  private static void release(CallNode node, Span span) {
    if (node.release()) {
      span.released();
    }
  }

  private void record(boolean failed) {
    recording.end();
    if (recording.shouldCommit()) {
      recording.run = label.number();
      recording.root = label.root();
      RunStatistics statistics = meter.statistics();
      recording.nodes = statistics.nodes();
      recording.visited = statistics.visited();
      recording.savedBytes = statistics.savedBytes();
      recording.peakBytes = statistics.peakBytes();
      recording.failed = failed;
      recording.commit();
    }
  }

  /**
   * How the run ends, decided once.
   *
   * @param failure null if it succeeds
   */
  private record Ending(@Nullable Throwable failure) {}
}
