package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.*;
import static org.lwjgl.opencl.CL12.clEnqueueFillBuffer;

import dev.stride.api.DataType;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.ErrorCodes;
import dev.stride.ops.gpu.internal.opencl.OpenClException;
import dev.stride.ops.gpu.internal.opencl.SignalHandlers;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;

/**
 * A device that is in use: its context, its memory, its programs and its one queue.
 *
 * <p>Commands are only handed over; that each finds the results of those before it is the queue's
 * work.
 */
final class Session {

  /** Nanoseconds a byte that new memory takes until it is written to, on PoCL with two cores. */
  private static final double PAGES_OF_THE_HOST = 0.8;

  /** The same on an NVIDIA H100. */
  private static final double PAGES_OF_ITS_OWN = 0.05;

  private final DeviceDescription description;
  private final long context;
  private final DeviceMemory memory;
  private final Programs programs;
  private final CommandQueue queue;
  private final Transfers transfers;
  private final Cleaner cleaner = Cleaner.create();

  Session(DeviceDescription description, long budget, ProgramCache cache) {
    this.description = description;
    try {
      this.context = context(description);
      this.memory =
          new DeviceMemory(
              description.device().name(),
              budget,
              description.largestBuffer(),
              new Buffers(),
              garbageRule(description));
      this.queue = new CommandQueue(description, context, memory);
    } finally {
      SignalHandlers.restore();
    }
    this.programs = new Programs(description, context, cache);
    this.transfers = new Transfers(queue, description.sharesMemory());
  }

  private static GarbageRule garbageRule(DeviceDescription description) {
    Runtime heap = Runtime.getRuntime();
    double nanosPerByte = description.sharesMemory() ? PAGES_OF_THE_HOST : PAGES_OF_ITS_OWN;
    return new GarbageRule(nanosPerByte, heap.totalMemory() - heap.freeMemory());
  }

  private static long context(DeviceDescription description) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      PointerBuffer properties = stack.pointers(CL_CONTEXT_PLATFORM, description.platform(), 0);
      long context = clCreateContext(properties, description.handle(), null, 0, code);
      require(description, code.get(0), "clCreateContext");
      return context;
    }
  }

  private static void require(DeviceDescription device, int code, String what) {
    if (code != 0) {
      throw refused(device, code, what);
    }
  }

  /** What the driver refuses, or what has failed, in words. */
  static OpenClException refused(DeviceDescription device, int code, String what) {
    return new OpenClException(
        code,
        "%s (%s): %s failed with %s."
            .formatted(device.device(), device.name(), what, ErrorCodes.text(code)));
  }

  private final class Buffers implements DeviceMemory.Driver {
    @Override
    public long allocate(long bytes) {
      try (MemoryStack stack = MemoryStack.stackPush()) {
        IntBuffer code = stack.mallocInt(1);
        long buffer = clCreateBuffer(context, CL_MEM_READ_WRITE, bytes, code);
        require(description, code.get(0), "clCreateBuffer of " + bytes + " bytes");
        return buffer;
      }
    }

    @Override
    public void free(long handle) {
      clReleaseMemObject(handle);
    }
  }

  DeviceMemory memory() {
    return memory;
  }

  Programs programs() {
    return programs;
  }

  Cleaner cleaner() {
    return cleaner;
  }

  Transfers transfers() {
    return transfers;
  }

  /** Hands a command over; see {@link CommandQueue#launch(Launch)}. */
  void launch(Launch launch) {
    queue.launch(launch);
  }

  /** Hands commands over; see {@link CommandQueue#launch(List)}. */
  long launch(List<Launch> launches) {
    return queue.launch(launches);
  }

  /** Sets all elements to a number. */
  void fill(DeviceStorage target, double value) {
    DeviceBuffer to = target.buffer();
    long bytes = WorkSize.padded(target.size()) * target.dataType().bytes();
    queue.submit(
        Command.of(() -> "filling a tensor of " + to.holder(), List.of(), List.of(to)),
        (handle, event) -> {
          try (MemoryStack stack = MemoryStack.stackPush()) {
            ByteBuffer pattern = pattern(stack, target.dataType(), value);
            return clEnqueueFillBuffer(handle, to.handle(), pattern, 0, bytes, null, event);
          }
        });
  }

  private static ByteBuffer pattern(MemoryStack stack, DataType type, double value) {
    ByteBuffer pattern = stack.malloc(type.bytes());
    return type == DataType.FLOAT32
        ? pattern.putFloat(0, (float) value)
        : pattern.putDouble(0, value);
  }

  /** Copies elements from one tensor to another of the same size and type. */
  void copy(DeviceStorage source, DeviceStorage target) {
    long bytes = (long) source.size() * source.dataType().bytes();
    if (bytes > 0) {
      DeviceBuffer from = source.buffer();
      DeviceBuffer to = target.buffer();
      queue.submit(
          Command.of(() -> "copying a tensor of " + to.holder(), List.of(from), List.of(to)),
          (handle, event) ->
              clEnqueueCopyBuffer(handle, from.handle(), to.handle(), 0, 0, bytes, null, event));
    }
  }

  /** Waits until a command and all before it have ended, in a way that virtual threads can. */
  void awaitEnd(long command) {
    CompletableFuture<Boolean> end = queue.end(command);
    if (end != null) {
      end.join();
    }
  }

  /** Runs something when a command and all before it have ended. */
  void afterEnd(long command, Runnable then) {
    CompletableFuture<Boolean> end = queue.end(command);
    if (end == null) {
      then.run();
    } else {
      CompletableFuture<Void> _ = end.thenRun(then);
    }
  }

  /** When elements are computed, or fail to be; null if they are. */
  @Nullable CompletionStage<?> arrival(DeviceStorage storage) {
    DeviceBuffer buffer = storage.buffer();
    CompletableFuture<Boolean> end = queue.end(buffer.writer());
    if (end != null) {
      return end.thenAccept(ended -> buffer.requireSound());
    }
    RuntimeException failure = buffer.failure();
    return failure == null ? null : CompletableFuture.failedStage(failure);
  }

  /** Waits for all commands and ends the thread; frees the rest when no tensor is left. */
  void close() {
    if (queue.close()) {
      programs.close();
      memory.close(() -> {
        queue.release();
        clReleaseContext(context);
      });
    }
  }
}
