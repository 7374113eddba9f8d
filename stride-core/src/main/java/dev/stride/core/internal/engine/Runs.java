package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
    Run<RunStatistics> handle = run.handle(AdjointRun::publish);
    run.start(List.of());
    return handle;
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
