package dev.stride.ops.gpu.internal.device;

import java.util.List;

/**
 * A command for a queue: a kernel with its arguments.
 *
 * @param kernel what to run
 * @param operator on whose behalf, for messages
 * @param items how many work items are needed, at least 1
 * @param arguments in the kernel's order: {@link DeviceStorage}, {@link Integer}, {@link Float} or
 *     {@link Double}
 * @param written what it computes
 */
public record Launch(
    Kernel kernel,
    String operator,
    long items,
    List<Object> arguments,
    List<DeviceStorage> written) {

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

  void fail(RuntimeException reason) {
    written.forEach(storage -> storage.buffer().fail(reason));
  }
}
