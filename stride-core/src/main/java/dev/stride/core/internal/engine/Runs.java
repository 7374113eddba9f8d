package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.internal.async.Arrivals;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.Publisher.Contribution;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.RunLabel;
import dev.stride.core.internal.graph.RunPlan;
import dev.stride.core.internal.graph.RunPlan.Root;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans, claims and starts runs; knows those that have not ended. */
final class Runs {

  private final EngineCore engine;
  private final AtomicLong count = new AtomicLong();

  Runs(EngineCore engine) {
    this.engine = engine;
  }

  long next() {
    return count.incrementAndGet();
  }

  /** A run that adds gradients to the leaves. */
  Run<RunStatistics> accumulating(List<? extends Seeded<?>> roots, AdjointOptions options) {
    RunContext run = prepare(roots, options, Tap.NONE, null);
    Run<RunStatistics> handle = handle(run, this::publish);
    start(run, roots);
    return handle;
  }

  /** A run whose end gives a result. */
  <R> Run<R> handle(RunContext run, Function<RunContext, R> result) {
    Pending<R> pending = new Pending<>();
    run.end().whenDone(() -> conclude(run, result, pending));
    return new EngineRun<>(
        engine, run.label().toString(), pending, () -> cancel(run), run.meter()::statistics);
  }

  /** Plans a run and claims its graph; throws if that cannot be. Nothing has started. */
  RunContext prepare(
      List<? extends Seeded<?>> roots,
      AdjointOptions options,
      Tap tap,
      @Nullable Predicate<GraphNode> asked) {
    engine.checkOpen();
    boolean computed = roots.stream().allMatch(seeded -> seeded.root().isDone());
    List<Root> nodes = roots.stream().map(seeded -> root(seeded)).toList();
    String names = roots.stream().map(s -> s.root().name()).collect(Collectors.joining("', '"));
    RunLabel label = new RunLabel(next(), names);
    RunPlan plan = engine.claims().plan(nodes, label, options.retain());
    if (asked != null) {
      plan.restrictTo(asked);
    }
    return new RunContext(engine, label, plan, options, tap, new Meter(plan, computed));
  }

  /** Starts a run as soon as its roots have values. */
  void start(RunContext run, List<? extends Seeded<?>> roots) {
    start(run, roots, List.of());
  }

  /** Starts a run as soon as its roots and some other variables have values. */
  void start(RunContext run, List<? extends Seeded<?>> roots, List<? extends Variable<?>> others) {
    engine.inFlight().add(run);
    Runnable disarm = armDeadline(run.options(), run.name(), run::stop);
    run.end()
        .whenDone(() -> {
          engine.inFlight().remove(run);
          disarm.run();
        });
    List<Pending<?>> values = new ArrayList<>();
    roots.forEach(seeded -> values.add(engine.own(seeded.root()).capture().value()));
    others.forEach(variable -> values.add(engine.own(variable).capture().value()));
    whenAllDone(values, () -> engine.pool().execute(() -> begin(run, roots, values)), run);
  }

  private void begin(RunContext run, List<? extends Seeded<?>> roots, List<Pending<?>> values) {
    if (!run.claimBeginning()) {
      return;
    }
    try {
      for (Pending<?> value : values) {
        Failures.rethrow(value.failure());
      }
      run.meter().begin(run.plan());
      new GraphRun(engine, run).begin(Seeds.of(engine, run, roots));
    } catch (Throwable failure) {
      run.refuse(failure);
    }
  }

  private static void whenAllDone(List<Pending<?>> values, Runnable then, RunContext run) {
    Arrivals arrivals =
        new Arrivals(() -> {
          try {
            then.run();
          } catch (Throwable refused) {
            run.stop(refused);
          }
        });
    values.forEach(arrivals::await);
    arrivals.run();
  }

  /** Stops something when the deadline of its options passes, unless the handle is run before. */
  Runnable armDeadline(AdjointOptions options, String name, Consumer<Throwable> stop) {
    Duration deadline = options.deadline();
    return deadline == null
        ? () -> {}
        : engine.deadlines().after(deadline, () -> stop.accept(passed(name, deadline)));
  }

  private static RunCancelledException passed(String name, Duration deadline) {
    return new RunCancelledException(name + " passed its deadline of " + deadline + ".");
  }

  private static boolean cancel(RunContext run) {
    return run.stop(new RunCancelledException(run.label() + " was cancelled."));
  }

  private RunStatistics publish(RunContext run) {
    List<Contribution> contributions = Contribution.of(run, engine.spaces());
    engine.publisher().publish(contributions);
    run.accumulated(contributions);
    return run.meter().statistics();
  }

  private static <R> void conclude(
      RunContext run, Function<RunContext, R> result, Pending<R> pending) {
    Throwable failure = run.end().failure();
    if (failure != null) {
      pending.fail(failure);
      return;
    }
    try {
      pending.complete(result.apply(run));
    } catch (Throwable thrown) {
      pending.fail(thrown);
    }
  }

  private Root root(Seeded<?> seeded) {
    var captured = engine.own(seeded.root()).capture();
    GraphNode node = captured.node();
    if (node == null) {
      throw new IllegalStateException(
          "variable '"
              + seeded.root().name()
              + "' needs no gradient: nothing it was computed from is a parameter, or it was"
              + " computed without recording. Make a leaf with stride.parameter(...), or"
              + " asParameter().");
    }
    return new Root(node, captured.output());
  }
}
