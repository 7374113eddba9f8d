package dev.stride.core.internal.engine;

import dev.stride.core.internal.async.Extent;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bound on unfinished calls: one more waits until there is room. Threads of the engine, and
 * code that runs inside a completion, never wait here.
 */
final class Backlog {

  private final int maximum;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private int unfinished;
  private boolean closed;

  /** A bound; 0: none. */
  Backlog(int maximum) {
    this.maximum = maximum;
  }

  void enter() {
    if (maximum == 0) {
      return;
    }
    lock.lock();
    try {
      while (unfinished >= maximum && !closed && Extent.current() == null) {
        room.awaitUninterruptibly();
      }
      unfinished++;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    if (maximum == 0) {
      return;
    }
    lock.lock();
    try {
      unfinished--;
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody through. */
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
