package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.CancellationToken;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.Variable;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.InFlight.Work;
import dev.stride.core.internal.engine.Publisher.Contribution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The runs of many losses as one, published for all or for none.
 *
 * <p>An item's graph is built, run and released while at most {@code parallelism} of them are
 * alive. Its gradients are added when those of all items before it have been; an item starts only
 * if it is less than {@code parallelism} ahead of the last one added, so that no more gradients
 * wait than that. The state is guarded by this object; nothing of the user's runs under its lock.
 */
final class Accumulation<S, T> implements CancellationToken, Work {

  private final EngineCore engine;
  private final int parallelism;
  private final AdjointOptions options;
  private final ItemLosses<S, T> losses;
  private final long number;
  private final ItemTotals<T> totals;
  private final Pending<List<T>> result = new Pending<>();
  private final Set<AdjointRun> running = new HashSet<>();
  private int launched;
  private int active;
  private boolean finished;
  private volatile @Nullable Throwable failure;

  Accumulation(
      EngineCore engine,
      List<S> items,
      int parallelism,
      AdjointOptions options,
      Function<? super S, ? extends Variable<T>> loss) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism is " + parallelism + "; expected at least 1");
    }
    engine.checkOpen();
    this.engine = engine;
    this.parallelism = parallelism;
    this.options = options;
    this.losses = new ItemLosses<>(items, Objects.requireNonNull(loss, "loss"));
    this.number = engine.runs().next();
    this.totals = new ItemTotals<>(new RunTotals(engine));
  }

  Run<List<T>> start() {
    engine.inFlight().add(this);
    Runnable disarm = engine.runs().armDeadline(options, name(), this::stop);
    result.whenDone(() -> {
      engine.inFlight().remove(this);
      disarm.run();
    });
    advance();
    return new EngineRun<>(
        engine,
        name(),
        result,
        () -> stop(new RunCancelledException(name() + " was cancelled.")),
        totals::statistics);
  }

  /** Launches what may be launched; ends if nothing is left to do. */
  private void advance() {
    List<Integer> launches = new ArrayList<>();
    boolean over;
    synchronized (this) {
      int window = Math.min(losses.count(), totals.added() + parallelism);
      while (failure == null && launched < window) {
        launches.add(launched++);
        active++;
      }
      over = active == 0 && !finished;
      finished |= over;
    }
    for (int item : launches) {
      engine.pool().executeBlocking("accumulate-" + item, () -> build(item));
    }
    if (over) {
      finish();
    }
  }

  private void build(int item) {
    try {
      if (failure == null) {
        run(
            item,
            engine
                .scope()
                .call(settings -> settings.cancelledBy(this), () -> losses.of(item, name())));
        return;
      }
    } catch (Throwable thrown) {
      stop(engine.isCancelled() ? closed() : thrown);
    }
    ended();
  }

  /** What a loss sees of a closing engine is only the echo of that. */
  private RunCancelledException closed() {
    return new RunCancelledException(name() + " was cancelled: the engine closed.");
  }

  private void run(int item, Variable<T> variable) {
    List<Seeded<T>> roots = List.of(new Seeded<>(variable, null));
    AdjointRun run = new AdjointRun(engine, roots, withoutDeadline(), Tap.NONE, null);
    synchronized (this) {
      running.add(run);
    }
    run.end().whenDone(() -> runEnded(item, run, variable));
    run.start(roots, List.of());
    Throwable stopped = failure;
    if (stopped != null) {
      run.cancel(" with " + name());
    }
  }

  /** The options of the run of an item: the deadline is that of all together. */
  private AdjointOptions withoutDeadline() {
    return new AdjointOptions(
        options.retain(),
        options.detectAnomalies(),
        null,
        options.listeners(),
        options.arguments());
  }

  private void runEnded(int item, AdjointRun run, Variable<T> variable) {
    try {
      Throwable thrown = run.end().failure();
      if (thrown != null) {
        stop(thrown);
      } else {
        T value = engine.own(variable).capture().pending().now();
        totals.add(item, Contribution.of(run.context()), Objects.requireNonNull(value));
      }
    } catch (Throwable thrown) {
      stop(thrown);
    } finally {
      totals.ended(run.context().meter().statistics());
      synchronized (this) {
        running.remove(run);
      }
      ended();
    }
  }

  private void ended() {
    synchronized (this) {
      active--;
    }
    advance();
  }

  private void finish() {
    Throwable reason = failure;
    if (reason != null) {
      totals.letGo(engine.publisher());
      result.fail(reason);
      return;
    }
    try {
      totals.publish(engine.listeners().and(options.listeners()), number, result);
    } catch (Throwable thrown) {
      result.fail(thrown);
    }
  }

  /** Stops everything; the first reason is the failure. Whether this is the first. */
  private boolean stop(Throwable reason) {
    List<AdjointRun> rest;
    synchronized (this) {
      if (failure != null || finished) {
        suppress(reason);
        return false;
      }
      failure = reason;
      rest = List.copyOf(running);
    }
    for (AdjointRun run : rest) {
      run.cancel(" with " + name());
    }
    result.whenDone(engine.deadlines().after(engine.patience(), this::leaveBehind));
    return true;
  }

  /** Ends although losses still build their graphs; runs that do not end see to that themselves. */
  private void leaveBehind() {
    List<String> stuck = losses.building();
    if (!stuck.isEmpty()) {
      result.fail(new Abandonment(name(), stuck, engine.patience()).added(failure));
    }
  }

  private void suppress(Throwable later) {
    if (!(later instanceof RunCancelledException)) {
      Failures.suppress(failure, later);
    }
  }

  @Override
  public boolean isCancelled() {
    return failure != null || engine.isCancelled();
  }

  @Override
  public String name() {
    return "run " + number + " (accumulate of " + Counted.of(losses.count(), "item") + ")";
  }

  @Override
  public void cancel(Throwable reason) {
    stop(reason);
  }

  @Override
  public void abandon(Throwable reason) {
    stop(reason);
    if (failure != null) { // Otherwise it is publishing already, and ends by itself.
      result.fail(reason);
    }
  }
}
