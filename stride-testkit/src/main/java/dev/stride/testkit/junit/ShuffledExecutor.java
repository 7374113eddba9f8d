package dev.stride.testkit.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads that take their tasks in an order drawn from a seed. Thread-safe. */
final class ShuffledExecutor extends AbstractExecutorService {

  private static final int MOST_SPINS = 50;

  private final List<Runnable> tasks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final SplittableRandom random;
  private boolean shutdown;

  ShuffledExecutor(long seed, int size) {
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < size; i++) {
      threads.add(Thread.ofPlatform().daemon().name("shuffled-" + i).start(this::work));
    }
  }

  private void work() {
    for (Choice next = take(); next != null; next = take()) {
      for (int i = 0; i < next.spins; i++) {
        Thread.onSpinWait();
      }
      next.task.run();
    }
  }

  private record Choice(Runnable task, int spins) {}

  /** Any task; waits for one to come. Null when there will be none. */
  private synchronized @Nullable Choice take() {
    try {
      while (tasks.isEmpty() && !shutdown) {
        wait();
      }
    } catch (InterruptedException stop) {
      return null;
    }
    return tasks.isEmpty()
        ? null
        : new Choice(tasks.remove(random.nextInt(tasks.size())), random.nextInt(MOST_SPINS));
  }

  @Override
  public synchronized void execute(Runnable task) {
    if (shutdown) {
      throw new RejectedExecutionException("the executor of the test is shut down");
    }
    tasks.add(task);
    notifyAll();
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
    notifyAll();
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    List<Runnable> left = List.copyOf(tasks);
    tasks.clear();
    shutdown();
    threads.forEach(Thread::interrupt);
    return left;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
    }
    return isTerminated();
  }
}
