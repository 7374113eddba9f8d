package dev.stride.testkit.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An executor whose tasks run when the test says so, on the test's thread, one by one: in the order
 * they came or, from a seed, in a random one. Thread-safe.
 */
public final class ManualExecutor extends AbstractExecutorService {

  private final List<Runnable> tasks = new ArrayList<>();
  private boolean shutdown;

  /** An executor without tasks. */
  public ManualExecutor() {}

  @Override
  public synchronized void execute(Runnable task) {
    if (shutdown) {
      throw new RejectedExecutionException("the manual executor is shut down");
    }
    tasks.add(task);
  }

  /** Number of tasks that wait. */
  public synchronized int pending() {
    return tasks.size();
  }

  /** Runs the task that has waited longest; false if there is none. */
  public boolean runNext() {
    return run(take(null));
  }

  /** Runs tasks, in order, until none waits; returns how many. */
  public int runAll() {
    int count = 0;
    while (runNext()) {
      count++;
    }
    return count;
  }

  /** Runs tasks, each picked at random, until none waits; returns how many. */
  public int runAllShuffled(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 0;
    while (run(take(random))) {
      count++;
    }
    return count;
  }

  private synchronized @Nullable Runnable take(@Nullable SplittableRandom random) {
    if (tasks.isEmpty()) {
      return null;
    }
    return tasks.remove(random == null ? 0 : random.nextInt(tasks.size()));
  }

  private static boolean run(@Nullable Runnable task) {
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    List<Runnable> left = List.copyOf(tasks);
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

  /** Does not wait: whether it is shut down and no task is left. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}
