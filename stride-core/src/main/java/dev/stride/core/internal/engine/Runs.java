package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.core.internal.async.Pending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Starts runs, counts them, and sets their deadlines. */
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
    AdjointRun run = new AdjointRun(engine, roots, options, Tap.NONE, null);
    Run<RunStatistics> handle = handle(run, AdjointRun::publish);
    run.start(roots, List.of());
    return handle;
  }

  /** A run as its caller sees it, whose end gives a result: something settles it. */
  <R> Run<R> handle(AdjointRun run, BiConsumer<AdjointRun, Pending<R>> result) {
    Pending<R> pending = new Pending<>();
    RunLife life = run.context().life();
    run.end().whenDone(() -> conclude(run, result, pending));
    return new EngineRun<>(
        engine,
        life.name(),
        pending,
        () -> life.stop(life.cancelled("")),
        run.context().meter()::statistics);
  }

  private static <R> void conclude(
      AdjointRun run, BiConsumer<AdjointRun, Pending<R>> result, Pending<R> pending) {
    Throwable failure = run.end().failure();
    if (failure != null) {
      pending.fail(failure);
      return;
    }
    try {
      result.accept(run, pending);
    } catch (Throwable thrown) {
      pending.fail(thrown);
    }
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
}
