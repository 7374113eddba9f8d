package dev.stride.core.internal.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * What a run has handed to the pool and no thread has begun.
 *
 * <p>The pool is given this object, once a task: each time it runs, it takes the next task. Tasks
 * of a run that was stopped are dropped, so that what stays in the queue of an executor does
 * nothing and holds nothing of the run.
 */
final class HandedOut implements Runnable {

  private final Queue<Task> waiting = new ConcurrentLinkedQueue<>();

  /** Hands a task to an executor, and throws what that throws if it takes nothing. */
  void add(Task task, Executor executor) {
    waiting.add(task);
    executor.execute(this);
  }

  @Override
  public void run() {
    Task next = waiting.poll();
    if (next != null) {
      next.run();
    }
  }

  /** Drops what waits. */
  void drop() {
    for (Task task = waiting.poll(); task != null; task = waiting.poll()) {
      task.drop();
    }
  }

  /** Something that is run, or else dropped. */
  interface Task extends Runnable {

    /** Ends what was begun for it. */
    void drop();

    /** One for which nothing has to be ended. */
    static Task of(Runnable code) {
      return new Task() {
        @Override
        public void run() {
          code.run();
        }

        @Override
        public void drop() {}
      };
    }
  }
}
