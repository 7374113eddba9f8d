package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.internal.async.Arrivals;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.HandedOut.Task;
import dev.stride.core.internal.engine.Publisher.Contribution;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.RunLabel;
import dev.stride.core.internal.graph.RunPlan;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An adjoint run from top to bottom: plans the graph and claims it, waits for the roots, seeds
 * them, drives what becomes ready, releases the graph, and publishes what arrived at the leaves.
 *
 * <p>{@link GraphDriver} runs the adjoints, {@link CotangentFlow} carries what they return to the
 * nodes that they feed, and {@link RunLife} knows when nothing is left to do.
 */
final class AdjointRun {

  private final EngineCore engine;
  private final RunContext run;
  private final RunLife life;
  private final FlightRun recording = new FlightRun();
  private final Pending<RunContext> end = new Pending<>();

  /**
   * Plans a run and claims its graph; throws if that cannot be. Nothing has started.
   *
   * @param asked the nodes whose gradients are asked for; null: all
   */
  AdjointRun(
      EngineCore engine,
      List<? extends Seeded<?>> roots,
      AdjointOptions options,
      Tap tap,
      @Nullable Predicate<GraphNode> asked) {
    engine.checkOpen();
    this.engine = engine;
    boolean computed = roots.stream().allMatch(seeded -> seeded.root().isDone());
    RunLabel label = new RunLabel(engine.runs().next(), Seeds.names(roots));
    RunPlan plan = engine.claims().plan(Seeds.nodes(engine, roots), label, options.retain());
    if (asked != null) {
      plan.restrictTo(asked);
    }
    Listeners listeners = engine.listeners().and(options.listeners());
    this.life =
        new RunLife(
            engine.pool(), engine.deadlines()::after, engine.patience(), label, this::release);
    Meter meter = new Meter(plan, computed);
    this.run = new RunContext(engine, label, plan, options, tap, listeners, meter, life);
    recording.begin();
  }

  /** Starts as soon as its roots, and some other variables, have values; then forgets them. */
  void start(List<? extends Seeded<?>> roots, List<? extends Variable<?>> others) {
    engine.inFlight().add(life);
    Runnable disarm = engine.runs().armDeadline(run.options(), life.name(), life::stop);
    end.whenDone(() -> {
      engine.inFlight().remove(life);
      disarm.run();
    });
    List<Pending<?>> values = Seeds.values(engine, roots, others);
    Arrivals arrivals = new Arrivals(() -> life.handOut(Task.of(() -> begin(roots, values))));
    values.forEach(arrivals::await);
    arrivals.run();
  }

  /** Seeds the roots, and drives what that makes ready and what becomes ready by it. */
  private void begin(List<? extends Seeded<?>> roots, List<Pending<?>> values) {
    if (!life.claimBeginning()) {
      return;
    }
    try {
      values.forEach(value -> Failures.rethrow(value.failure()));
      run.meter().begin(run.plan());
      new GraphDriver(run).begin(Seeds.of(run, roots));
    } catch (Throwable failure) {
      life.refuse(failure);
    }
  }

  /** Nothing is active any more: lets the graph go, and tells those who wait how the run ended. */
  private void release() {
    Throwable failure = life.decide(run.meter().visited(), run.plan().wanted());
    run.meter().stop();
    if (run.options().retain() || life.isRefused()) {
      engine.claims().giveBack(run.plan(), run.options().retain());
    } else if (failure != null || run.plan().wanted() < run.plan().order().size()) {
      run.releaseAll();
    }
    recording.commit(run, failure != null);
    if (failure == null) {
      end.complete(run);
    } else {
      run.letGo();
      end.fail(failure);
    }
  }

  /** Adds what arrived at the leaves to their gradients: to all or, if that fails, to none. */
  void publish(Pending<RunStatistics> result) {
    List<Contribution> contributions = Contribution.of(run);
    Pending<Boolean> published = engine.publisher().publish(contributions);
    published.then(
        result,
        done -> {
          for (Contribution one : contributions) {
            run.listeners().accumulated(one.cell(), run.label().number());
          }
          return run.meter().statistics();
        });
  }

  /** Stops the run; the words say how it was cancelled. Whether this is what ends it. */
  boolean cancel(String how) {
    return life.stop(life.cancelled(how));
  }

  RunContext context() {
    return run;
  }

  /** Completes when the run has ended and its graph is let go, or with its failure. */
  Pending<RunContext> end() {
    return end;
  }
}
