package dev.stride.testkit.fakes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until the test moves it, as the timer of an engine: {@code
 * Stride.builder().timer(clock)}. What is due runs on the test's thread, in the order of its times,
 * inside {@link #advance}. Thread-safe.
 */
public final class ManualClock extends AbstractExecutorService implements ScheduledExecutorService {

  private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
  private long now;
  private long sequence;
  private boolean shutdown;

  /** A clock at zero with nothing scheduled. */
  public ManualClock() {}

  /** The time since the clock was made. */
  public synchronized Duration now() {
    return Duration.ofNanos(now);
  }

  /** Number of tasks whose time has not come and that were not cancelled. */
  public synchronized int scheduled() {
    return tasks.size();
  }

  /**
   * Moves the clock and runs what becomes due, each task at its time; returns how many ran.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public int advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time is " + time + "; a clock does not go back");
    }
    long end = now().plus(time).toNanos();
    int count = 0;
    for (Task<?> due = next(end); due != null; due = next(end)) {
      due.run();
      count++;
    }
    return count;
  }

  /** The first task that is due at a time, with the clock at its time; null at the end. */
  private synchronized @Nullable Task<?> next(long end) {
    Task<?> first = tasks.peek();
    if (first == null || first.time > end) {
      now = Math.max(now, end);
      return null;
    }
    now = Math.max(now, first.time);
    return tasks.poll();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return schedule(Executors.callable(task), delay, unit);
  }

  @Override
  public synchronized <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    if (shutdown) {
      throw new RejectedExecutionException("the manual clock is shut down");
    }
    Task<V> scheduled = new Task<>(task, now + Math.max(0, unit.toNanos(delay)), sequence++);
    tasks.add(scheduled);
    return scheduled;
  }

  /** Not supported: engines repeat nothing. */
  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long first, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("a manual clock repeats nothing");
  }

  /** Not supported: engines repeat nothing. */
  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long first, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("a manual clock repeats nothing");
  }

  /** Runs a task when the clock is moved next. */
  @Override
  public void execute(Runnable task) {
    var _ = schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    List<Runnable> left = new ArrayList<>(tasks);
    tasks.clear();
    return left;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public synchronized boolean isTerminated() {
    return shutdown && tasks.isEmpty();
  }

  /** Does not wait: whether it is shut down and nothing is scheduled. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  private synchronized void forget(Task<?> task) {
    tasks.remove(task);
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

    private final long time;
    private final long order;

    private Task(Callable<V> code, long time, long order) {
      super(code);
      this.time = time;
      this.order = order;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      forget(this);
      return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(time - now().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return other instanceof ManualClock.Task<?> task && time == task.time
          ? Long.compare(order, task.order)
          : Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
