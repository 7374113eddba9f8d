package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.clEnqueueNDRangeKernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;

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
    for (int i = 0; i < held; i++) {
      if (arguments.get(i) instanceof DeviceStorage storage) {
        storage.buffer().release();
      }
    }
  }

  /** What the queue keeps of it until it has ended. */
  Command command() {
    List<DeviceBuffer> used = new ArrayList<>(arguments.size());
    for (Object argument : arguments) {
      if (argument instanceof DeviceStorage storage) {
        used.add(storage.buffer());
      }
    }
    Kernel run = kernel;
    String whose = operator;
    Range items = range;
    List<DeviceBuffer> computed = new ArrayList<>(written.size());
    for (DeviceStorage storage : written) {
      computed.add(storage.buffer());
    }
    return Command.of(
        () -> "kernel %s of %s over %s".formatted(run.name(), whose, items), used, computed);
  }

  /** Hands it to the driver, with the arguments that its kernel has. */
  int enqueue(long queue, @Nullable PointerBuffer event) {
    Range fitting = range.within(kernel.largestGroup());
    try (MemoryStack stack = MemoryStack.stackPush()) {
      return clEnqueueNDRangeKernel(
          queue,
          kernel.handle(),
          fitting.items().size(),
          null,
          pointers(stack, fitting.items()),
          pointers(stack, fitting.group()),
          null,
          event);
    }
  }

  private static PointerBuffer pointers(MemoryStack stack, List<Long> numbers) {
    PointerBuffer pointers = stack.mallocPointer(numbers.size());
    for (int axis = 0; axis < numbers.size(); axis++) {
      pointers.put(axis, numbers.get(axis));
    }
    return pointers;
  }
}
