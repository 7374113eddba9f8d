package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.*;
import static org.lwjgl.opencl.CL12.clEnqueueFillBuffer;

import dev.stride.api.DataType;
import dev.stride.api.spi.HeapStorage;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.ErrorCodes;
import dev.stride.ops.gpu.internal.opencl.OpenClException;
import dev.stride.ops.gpu.internal.opencl.SignalHandlers;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/**
 * A device that is in use: its context and its one queue, which runs commands in their order.
 *
 * <p>Commands are only handed over; that each finds the results of those before it is the queue's
 * work. Threads take turns in handing over.
 */
final class Session {

  private final DeviceDescription description;
  private final long context;
  private final long queue;
  private final DeviceMemory memory;
  private final Programs programs;
  private final Completions completions;
  private final Cleaner cleaner = Cleaner.create();
  private boolean closed;

  Session(DeviceDescription description, long budget, ProgramCache cache) {
    this.description = description;
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      PointerBuffer properties = stack.pointers(CL_CONTEXT_PLATFORM, description.platform(), 0);
      this.context = clCreateContext(properties, description.handle(), null, 0, code);
      check(code.get(0), "clCreateContext");
      this.queue = clCreateCommandQueue(context, description.handle(), 0, code);
      check(code.get(0), "clCreateCommandQueue");
    } finally {
      SignalHandlers.restore();
    }
    this.memory =
        new DeviceMemory(
            description.device().name(), budget, description.largestBuffer(), new Buffers());
    this.programs = new Programs(description, context, cache);
    this.completions = new Completions(description.device().name());
  }

  private final class Buffers implements DeviceMemory.Driver {
    @Override
    public long allocate(long bytes) {
      try (MemoryStack stack = MemoryStack.stackPush()) {
        IntBuffer code = stack.mallocInt(1);
        long buffer = clCreateBuffer(context, CL_MEM_READ_WRITE, bytes, code);
        check(code.get(0), "clCreateBuffer of " + bytes + " bytes");
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

  /**
   * Hands commands over, which run one after the other, and are told as one how they ended: the
   * last one's failure is that of all.
   *
   * @return the number of the last command, see {@link #awaitEnd}
   */
  synchronized long launch(List<Launch> launches) {
    requireOpen();
    long number;
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      for (Launch launch : launches.subList(0, launches.size() - 1)) {
        enqueue(launch, null);
      }
      Launch last = launches.getLast();
      enqueue(last, event);
      number =
          completions.await(
              event.get(0),
              false,
              ended -> {
                RuntimeException failure = ended == 0 ? null : failure(ended, last);
                launches.forEach(launch -> launch.ended(failure));
              });
    }
    launches.forEach(launch -> launch.writtenBy(number));
    clFlush(queue);
    return number;
  }

  private void enqueue(Launch launch, @Nullable PointerBuffer event) {
    long kernel = launch.kernel().handle();
    Range range = launch.range().within(launch.kernel().largestGroup());
    int index = 0;
    for (Object argument : launch.arguments()) {
      int code = set(kernel, index++, argument);
      if (code != 0) {
        throw refused(code, "clSetKernelArg of " + launch.kernel().name());
      }
    }
    try (MemoryStack stack = MemoryStack.stackPush()) {
      int code =
          clEnqueueNDRangeKernel(
              queue,
              kernel,
              range.items().size(),
              null,
              pointers(stack, range.items()),
              pointers(stack, range.group()),
              null,
              event);
      if (code != 0) {
        throw failure(code, launch);
      }
    }
  }

  private static PointerBuffer pointers(MemoryStack stack, List<Long> numbers) {
    PointerBuffer pointers = stack.mallocPointer(numbers.size());
    for (int axis = 0; axis < numbers.size(); axis++) {
      pointers.put(axis, numbers.get(axis));
    }
    return pointers;
  }

  /** Waits until a command and all before it have ended, in a way that virtual threads can. */
  void awaitEnd(long command) {
    CompletableFuture<Boolean> end = completions.end(command);
    if (end != null) {
      end.join();
    }
  }

  /** Runs something when a command and all before it have ended. */
  void afterEnd(long command, Runnable then) {
    CompletableFuture<Boolean> end = completions.end(command);
    if (end == null) {
      then.run();
    } else {
      CompletableFuture<Void> _ = end.thenRun(then);
    }
  }

  /**
   * Starts to copy elements to memory of the host's, which must stay until the command has ended.
   */
  synchronized long read(DeviceStorage source, ByteBuffer target) {
    requireOpen();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      DeviceBuffer buffer = source.buffer();
      check(
          clEnqueueReadBuffer(queue, buffer.handle(), false, 0, target, null, event),
          "clEnqueueReadBuffer of " + target.capacity() + " bytes");
      long number =
          completions.await(
              event.get(0),
              false,
              ended -> {
                if (ended != 0) {
                  buffer.fail(refused(ended, "moving " + buffer.holder() + " to the host"));
                }
              });
      clFlush(queue);
      return number;
    }
  }

  /** Starts to copy from memory of the host's, which must stay until the command has ended. */
  synchronized long write(ByteBuffer source, DeviceStorage target) {
    requireOpen();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      DeviceBuffer buffer = target.buffer();
      check(
          clEnqueueWriteBuffer(queue, buffer.handle(), false, 0, source, null, event),
          "clEnqueueWriteBuffer of " + source.capacity() + " bytes");
      long number =
          completions.await(
              event.get(0),
              false,
              ended -> {
                if (ended != 0) {
                  buffer.fail(refused(ended, "moving " + buffer.holder() + " to the device"));
                }
              });
      buffer.writtenBy(number);
      clFlush(queue);
      return number;
    }
  }

  private static int set(long kernel, int index, Object argument) {
    return switch (argument) {
      case DeviceStorage storage -> clSetKernelArg1p(kernel, index, storage.buffer().handle());
      case Integer number -> clSetKernelArg1i(kernel, index, number);
      case Float number -> clSetKernelArg1f(kernel, index, number);
      case Double number -> clSetKernelArg1d(kernel, index, number);
      default -> throw new IllegalArgumentException("no kernel takes a " + argument.getClass());
    };
  }

  private OpenClException failure(int code, Launch launch) {
    return new OpenClException(
        code,
        "%s (%s): kernel %s of %s over %s failed with %s."
            .formatted(
                description.device(),
                description.name(),
                launch.kernel().name(),
                launch.operator(),
                launch.range(),
                ErrorCodes.text(code)));
  }

  /** Starts to copy elements to the device; the array may be changed when this returns. */
  void write(HeapStorage source, DeviceStorage target) {
    if (source.size() == 0) {
      return;
    }
    ByteBuffer staging = staging(source.size(), source.dataType());
    switch (source) {
      case HeapStorage.Floats floats -> staging.asFloatBuffer().put(floats.array());
      case HeapStorage.Doubles doubles -> staging.asDoubleBuffer().put(doubles.array());
    }
    send(staging, target);
  }

  /** The same with whole numbers. */
  void write(int[] source, DeviceStorage target) {
    if (source.length > 0) {
      ByteBuffer staging = staging(source.length, DataType.FLOAT32);
      staging.asIntBuffer().put(source);
      send(staging, target);
    }
  }

  private void send(ByteBuffer staging, DeviceStorage target) {
    try {
      enqueueWrite(staging, target);
    } catch (RuntimeException failure) {
      MemoryUtil.memFree(staging);
      throw failure;
    }
  }

  private synchronized void enqueueWrite(ByteBuffer staging, DeviceStorage target) {
    requireOpen();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      DeviceBuffer buffer = target.buffer();
      check(
          clEnqueueWriteBuffer(queue, buffer.handle(), false, 0, staging, null, event),
          "clEnqueueWriteBuffer of " + staging.capacity() + " bytes");
      buffer.writtenBy(
          completions.await(
              event.get(0),
              false,
              ended -> {
                MemoryUtil.memFree(staging);
                if (ended != 0) {
                  buffer.fail(refused(ended, "writing a tensor of " + buffer.holder()));
                }
              }));
    }
    clFlush(queue);
  }

  /** Waits for the elements and copies them; for their computation too, if need be. */
  HeapStorage read(DeviceStorage source) {
    DeviceBuffer buffer = source.buffer();
    buffer.retain();
    try {
      return read(buffer, source.size(), source.dataType());
    } finally {
      buffer.release();
      Reference.reachabilityFence(source);
    }
  }

  private HeapStorage read(DeviceBuffer buffer, int size, DataType type) {
    ByteBuffer staging = staging(size, type);
    try {
      if (size > 0) {
        join(enqueueRead(buffer, staging));
      }
      buffer.requireSound();
      return copied(staging, size, type);
    } finally {
      MemoryUtil.memFree(staging);
    }
  }

  private static void join(CompletableFuture<?> done) {
    try {
      done.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof OpenClException refused ? refused : failed;
    }
  }

  private synchronized CompletableFuture<?> enqueueRead(DeviceBuffer buffer, ByteBuffer staging) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    String what = "reading a tensor of " + buffer.holder();
    if (closed) {
      int code = clEnqueueReadBuffer(queue, buffer.handle(), true, 0, staging, null, null);
      end(done, code, what);
      return done;
    }
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      int code = clEnqueueReadBuffer(queue, buffer.handle(), false, 0, staging, null, event);
      if (code != 0) {
        end(done, code, what);
      } else {
        clFlush(queue);
        completions.await(event.get(0), true, ended -> end(done, ended, what));
      }
    }
    return done;
  }

  private void end(CompletableFuture<Boolean> done, int code, String what) {
    if (code == 0) {
      done.complete(true);
    } else {
      done.completeExceptionally(refused(code, what));
    }
  }

  private OpenClException refused(int code, String what) {
    return new OpenClException(
        code,
        "%s (%s): %s failed with %s."
            .formatted(description.device(), description.name(), what, ErrorCodes.text(code)));
  }

  private static ByteBuffer staging(int size, DataType type) {
    long bytes = Math.max(1, (long) size * type.bytes());
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a tensor of " + bytes + " bytes cannot be copied at once; split it along an axis");
    }
    return MemoryUtil.memAlloc((int) bytes).order(ByteOrder.nativeOrder());
  }

  private static HeapStorage copied(ByteBuffer staging, int size, DataType type) {
    if (type == DataType.FLOAT32) {
      float[] array = new float[size];
      staging.asFloatBuffer().get(array);
      return new HeapStorage.Floats(array);
    }
    double[] array = new double[size];
    staging.asDoubleBuffer().get(array);
    return new HeapStorage.Doubles(array);
  }

  /** Sets all elements to a number. */
  synchronized void fill(DeviceStorage target, double value) {
    requireOpen();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      boolean single = target.dataType() == DataType.FLOAT32;
      ByteBuffer pattern = stack.malloc(target.dataType().bytes());
      if (single) {
        pattern.putFloat(0, (float) value);
      } else {
        pattern.putDouble(0, value);
      }
      long bytes = WorkSize.padded(target.size()) * target.dataType().bytes();
      PointerBuffer event = stack.mallocPointer(1);
      check(
          clEnqueueFillBuffer(queue, target.buffer().handle(), pattern, 0, bytes, null, event),
          "clEnqueueFillBuffer of " + bytes + " bytes");
      follow(event, null, target.buffer(), "filling");
    }
  }

  /** Sends a command off that is to fill a buffer, and remembers there if it fails. */
  private void follow(
      PointerBuffer event, @Nullable DeviceBuffer source, DeviceBuffer target, String what) {
    target.writtenBy(
        completions.await(
            event.get(0),
            false,
            ended -> {
              RuntimeException earlier = source == null ? null : source.failure();
              if (ended != 0) {
                target.fail(refused(ended, what + " a tensor of " + target.holder()));
              } else if (earlier != null) {
                target.fail(earlier);
              }
            }));
    clFlush(queue);
  }

  /** When elements are computed, or fail to be; null if they are. */
  @Nullable CompletionStage<?> arrival(DeviceStorage storage) {
    DeviceBuffer buffer = storage.buffer();
    CompletableFuture<Boolean> end = completions.end(buffer.writer());
    if (end != null) {
      return end.thenAccept(ended -> buffer.requireSound());
    }
    RuntimeException failure = buffer.failure();
    return failure == null ? null : CompletableFuture.failedStage(failure);
  }

  /** Copies elements from one tensor to another of the same size and type. */
  synchronized void copy(DeviceStorage source, DeviceStorage target) {
    requireOpen();
    long bytes = (long) source.size() * source.dataType().bytes();
    if (bytes == 0) {
      return;
    }
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      DeviceBuffer to = target.buffer();
      check(
          clEnqueueCopyBuffer(
              queue, source.buffer().handle(), to.handle(), 0, 0, bytes, null, event),
          "clEnqueueCopyBuffer of " + bytes + " bytes");
      follow(event, source.buffer(), to, "copying");
    }
  }

  private void check(int code, String function) {
    if (code != 0) {
      throw refused(code, function);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          description.device()
              + " was closed with its engine; values can still be read, but nothing computed");
    }
  }

  /** Waits for all commands and ends the thread; frees the rest when no tensor is left. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      clFinish(queue);
      closed = true;
    }
    try {
      completions.close();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    programs.close();
    memory.close(() -> {
      clReleaseCommandQueue(queue);
      clReleaseContext(context);
    });
  }
}
