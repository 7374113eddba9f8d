package dev.stride.ops.gpu.internal.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command for a queue: a kernel with its arguments.
 *
 * @param kernel what to run
 * @param operator on whose behalf, for messages
 * @param range its work items
 * @param arguments in the kernel's order: {@link DeviceStorage}, {@link Integer}, {@link Float} or
 *     {@link Double}
 * @param written what it computes
 */
public record Launch(
    Kernel kernel,
    String operator,
    Range range,
    List<Object> arguments,
    List<DeviceStorage> written) {

  /** A command that needs so many work items, at least 1, along one axis. */
  public Launch(
      Kernel kernel,
      String operator,
      long items,
      List<Object> arguments,
      List<DeviceStorage> written) {
    this(kernel, operator, Range.of(items), arguments, written);
  }

  /** Takes hold of all that it uses, so that nobody gets its memory before it is in the queue. */
  void retain() {
    int held = 0;
    try {
      for (Object argument : arguments) {
        if (argument instanceof DeviceStorage storage) {
          storage.buffer().requireSound();
          storage.buffer().retain();
        }
        held++;
      }
    } catch (RuntimeException released) {
      release(held);
      throw released;
    }
  }

  void release() {
    release(arguments.size());
  }

  private void release(int held) {
    for (Object argument : arguments.subList(0, held)) {
      if (argument instanceof DeviceStorage storage) {
        storage.buffer().release();
      }
    }
  }

  void writtenBy(long command) {
    written.forEach(storage -> storage.buffer().writtenBy(command));
  }

  /**
   * Notes how the command ended: what it was to compute is lost if it failed, or something that it
   * used is.
   */
  void ended(@Nullable RuntimeException failure) {
    RuntimeException reason = failure;
    for (Object argument : arguments) {
      if (reason == null && argument instanceof DeviceStorage storage) {
        reason = storage.buffer().failure();
      }
    }
    if (reason != null) {
      fail(reason);
    }
  }

  void fail(RuntimeException reason) {
    written.forEach(storage -> storage.buffer().fail(reason));
  }
}
