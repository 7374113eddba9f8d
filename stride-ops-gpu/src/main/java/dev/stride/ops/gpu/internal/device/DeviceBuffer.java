package dev.stride.ops.gpu.internal.device;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a device's memory with a count of those who use it; the last to {@link #release} gives
 * it back to the pool. Thread-safe.
 *
 * <p>It may be given back while commands that use it wait in the queue: whoever gets it next
 * enqueues behind them.
 */
final class DeviceBuffer {

  private final DeviceMemory memory;
  private final long handle;
  private final long bytes;
  private final String holder;
  private final long number;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile @Nullable RuntimeException failure;
  private volatile long writer;

  /**
   * A buffer.
   *
   * @param number how many buffers the memory has given out, this one included
   */
  DeviceBuffer(DeviceMemory memory, long handle, long bytes, String holder, long number) {
    this.memory = memory;
    this.handle = handle;
    this.bytes = bytes;
    this.holder = holder;
    this.number = number;
  }

  long handle() {
    return handle;
  }

  /** Bytes that it takes, at least those asked for. */
  long bytes() {
    return bytes;
  }

  /** How many buffers the memory has given out, this one included. */
  long number() {
    return number;
  }

  /** Who asked for it, for messages. */
  String holder() {
    return holder;
  }

  /** Counts one user less; the last one gives the memory back. */
  void release() {
    int left = users.decrementAndGet();
    if (left == 0) {
      memory.giveBack(this);
    } else if (left < 0) {
      throw new IllegalStateException("a buffer of " + holder + " is released twice");
    }
  }

  /**
   * Counts one user more.
   *
   * @throws IllegalStateException if the memory was given back already
   */
  void retain() {
    if (users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new IllegalStateException(
          "a tensor of " + holder + " is used after its memory was released");
    }
  }

  /** Remembers the number of the command that fills it last. */
  void writtenBy(long command) {
    writer = command;
  }

  /** The number of the command that fills it last; 0 if none was handed over. */
  long writer() {
    return writer;
  }

  /** Remembers that the command that was to fill it has failed. */
  void fail(RuntimeException reason) {
    failure = reason;
  }

  /** Why it was not filled; null if nothing is known to have failed. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /** Throws if the command that was to fill it is known to have failed. */
  void requireSound() {
    RuntimeException known = failure;
    if (known != null) {
      throw new IllegalStateException(known.getMessage(), known);
    }
  }
}
