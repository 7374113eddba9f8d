package dev.stride.core.internal.engine;

import dev.stride.api.CancellationToken;
import dev.stride.api.RunCancelledException;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.engine.HandedOut.Task;
import dev.stride.core.internal.engine.InFlight.Work;
import dev.stride.core.internal.graph.RunLabel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How a run goes on, and how it ends: when nothing of it is active, which is when no thread drives
 * it, no operator of it runs, nothing of it waits for a thread, and no device computes its
 * gradients.
 *
 * <p>How it ends is decided once, by the first who stops it or by its success.
 */
final class RunLife implements CancellationToken, Work {

  private static final Ending SUCCESS = new Ending(null);

  private final Executor pool;
  private final Timer timer;
  private final Duration patience;
  private final RunLabel label;
  private final RunningOperators running = new RunningOperators();
  private final HandedOut handedOut = new HandedOut();
  private final LateValues lateValues = new LateValues(this);
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private final AtomicInteger active = new AtomicInteger(1);
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicReference<@Nullable Runnable> whenOver;
  private volatile Runnable disarm = () -> {};
  private volatile boolean refused;

  /**
   * The life of a run.
   *
   * @param pool runs what is handed out
   * @param timer ends the wait for operators that ignore that the run was stopped
   * @param patience how long that wait is
   * @param label of the run
   * @param whenOver is to be done once, when it is over
   */
  RunLife(Executor pool, Timer timer, Duration patience, RunLabel label, Runnable whenOver) {
    this.pool = pool;
    this.timer = timer;
    this.patience = patience;
    this.label = label;
    this.whenOver = new AtomicReference<@Nullable Runnable>(whenOver);
  }

  RunningOperators running() {
    return running;
  }

  /** What a device still computes. */
  LateValues lateValues() {
    return lateValues;
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

  /** Hands a task to the pool; it is dropped if the run is stopped before a thread begins it. */
  void handOut(Task task) {
    try {
      handedOut.add(task, pool);
    } catch (Throwable refusal) {
      stop(refusal);
    }
    if (isCancelled()) { // Whoever cancelled may have dropped the others before it was added.
      handedOut.drop();
    }
  }

  /** Stops the run; the first reason is its failure. Whether this is the first. */
  boolean stop(Throwable reason) {
    Ending first = ending.compareAndExchange(null, new Ending(reason));
    if (first != null) {
      if (first.failure() != null && !isOver()) {
        Failures.suppress(first.failure(), reason);
      }
      return false;
    }
    enter(); // So that the run is not over before it is known who waits for its operators.
    if (claimBeginning()) {
      leave();
    } else {
      disarm = timer.after(patience, this::abandon);
    }
    handedOut.drop();
    lateValues.drop();
    leave();
    return true;
  }

  /** Ends a run that could not begin; its graph stays as it was. */
  void refuse(Throwable reason) {
    refused = true;
    stop(reason);
    leave();
  }

  boolean isRefused() {
    return refused;
  }

  @Override
  public boolean isCancelled() {
    Ending now = ending.get();
    return now != null && now != SUCCESS;
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
    if (!isOver()) {
      List<String> stuck = running.names();
      if (!stuck.isEmpty()) {
        Abandonment abandonment = new Abandonment(name(), stuck, patience);
        ending.updateAndGet(now -> now == SUCCESS ? now : added(abandonment, now));
      }
      finish();
    }
  }

  private static Ending added(Abandonment abandonment, @Nullable Ending now) {
    return new Ending(abandonment.added(now == null ? null : now.failure()));
  }

  private void finish() {
    Runnable then = whenOver.getAndSet(null); // Who keeps the handle of a run keeps no graph.
    if (then != null) {
      disarm.run();
      then.run();
    }
  }

  /** Whether nothing of it is active; otherwise, when it is over, it left operators behind. */
  boolean isQuiet() {
    return active.get() == 0;
  }

  private boolean isOver() {
    return whenOver.get() == null;
  }

  /** Decides how the run ended, so that whoever stops it from now on is told that it is late. */
  @Nullable Throwable decide(long visited, long wanted) {
    if (visited != wanted) {
      String text = label + " visited " + visited + " nodes of " + wanted;
      ending.compareAndSet(null, new Ending(new IllegalStateException(text)));
    }
    Ending first = ending.compareAndExchange(null, SUCCESS);
    return first == null ? null : first.failure();
  }

  /** What to say to operators and callers of a run that somebody cancelled. */
  RunCancelledException cancelled(String how) {
    return new RunCancelledException(label + " was cancelled" + how + ".");
  }

  /** Does something after a time, unless the handle that it returns is run before. */
  interface Timer {
    Runnable after(Duration time, Runnable action);
  }

  /**
   * How the run ends.
   *
   * @param failure null if it succeeds
   */
  private record Ending(@Nullable Throwable failure) {}
}
