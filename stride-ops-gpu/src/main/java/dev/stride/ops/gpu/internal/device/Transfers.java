package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.clEnqueueReadBuffer;
import static org.lwjgl.opencl.CL10.clEnqueueWriteBuffer;

import dev.stride.api.DataType;
import dev.stride.api.spi.HeapStorage;
import dev.stride.ops.gpu.internal.opencl.OpenClException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.lwjgl.system.MemoryUtil;

/**
 * Moves elements between the host and a device, by commands of its queue. Arrays of the heap go
 * through native memory, since the garbage collector moves them. What a device has in the host's
 * memory is read from there.
 */
final class Transfers {

  /** Bytes from which on two commands and no copy are faster than one command and a copy. */
  private static final int WORTH_MAPPING = 1 << 16;

  private final CommandQueue queue;
  private final boolean sharesMemory;

  /**
   * Transfers by the commands of a queue.
   *
   * @param sharesMemory whether the device's memory is the host's, so that elements are read where
   *     they lie
   */
  Transfers(CommandQueue queue, boolean sharesMemory) {
    this.queue = queue;
    this.sharesMemory = sharesMemory;
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
      submitWrite(staging, writing(target).then(_ -> MemoryUtil.memFree(staging)), target);
    } catch (RuntimeException failure) {
      MemoryUtil.memFree(staging);
      throw failure;
    }
  }

  /** Starts to copy from memory of the host's, which must stay until the command has ended. */
  long write(ByteBuffer source, DeviceStorage target) {
    return submitWrite(source, writing(target), target);
  }

  private static Command writing(DeviceStorage target) {
    DeviceBuffer to = target.buffer();
    return Command.of(() -> "writing a tensor of " + to.holder(), List.of(), List.of(to));
  }

  private long submitWrite(ByteBuffer source, Command command, DeviceStorage target) {
    long to = target.handle();
    return queue.submitAndTell(
        command,
        (handle, event) -> clEnqueueWriteBuffer(handle, to, false, 0, source, null, event));
  }

  /** Starts to copy to memory of the host's, which must stay until the command has ended. */
  long read(DeviceStorage source, ByteBuffer target) {
    DeviceBuffer from = source.buffer();
    Command command =
        Command.of(() -> "moving " + from.holder() + " to the host", List.of(from), List.of(from));
    return queue.submitAndTell(
        command,
        (handle, event) ->
            clEnqueueReadBuffer(handle, from.handle(), false, 0, target, null, event));
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
    long bytes = (long) size * type.bytes();
    HeapStorage elements =
        sharesMemory && bytes >= WORTH_MAPPING
            ? readInPlace(buffer, size, type)
            : readByCopy(buffer, size, type);
    buffer.requireSound();
    return elements;
  }

  private HeapStorage readByCopy(DeviceBuffer buffer, int size, DataType type) {
    ByteBuffer staging = staging(size, type);
    try {
      if (size > 0) {
        await(
            buffer,
            (handle, event) ->
                clEnqueueReadBuffer(handle, buffer.handle(), false, 0, staging, null, event),
            (handle, event) ->
                clEnqueueReadBuffer(handle, buffer.handle(), true, 0, staging, null, event));
      }
      return copied(staging, size, type);
    } finally {
      MemoryUtil.memFree(staging);
    }
  }

  private HeapStorage readInPlace(DeviceBuffer buffer, int size, DataType type) {
    int bytes = bytes(size, type);
    Mapping whileOpen = new Mapping(buffer, bytes, false);
    Mapping afterwards = new Mapping(buffer, bytes, true);
    try {
      boolean open = await(buffer, whileOpen, afterwards);
      return copied((open ? whileOpen : afterwards).elements(), size, type);
    } finally {
      queue.atOnce(handle -> {
        whileOpen.end(handle);
        afterwards.end(handle);
      });
    }
  }

  /**
   * Waits for a command that reads a buffer, in a way that virtual threads can.
   *
   * @param afterwards hands the command over where the queue is closed, and waits itself
   * @return whether the queue was open
   */
  private boolean await(
      DeviceBuffer buffer, CommandQueue.Enqueue whileOpen, CommandQueue.Enqueue afterwards) {
    String what = "reading a tensor of " + buffer.holder();
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Command command =
        Command.of(() -> what, List.of(), List.of())
            .then(failure -> {
              if (failure == null) {
                done.complete(true);
              } else {
                done.completeExceptionally(failure);
              }
            });
    boolean open =
        queue.unlessClosed(
            () -> queue.tellSoon(queue.submitAndTell(command, whileOpen)),
            handle -> queue.requireGranted(afterwards.to(handle, null), what));
    if (open) {
      join(done);
    }
    return open;
  }

  private static void join(CompletableFuture<?> done) {
    try {
      done.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof OpenClException refused ? refused : failed;
    }
  }

  private static ByteBuffer staging(int size, DataType type) {
    return MemoryUtil.memAlloc(Math.max(1, bytes(size, type))).order(ByteOrder.nativeOrder());
  }

  private static int bytes(int size, DataType type) {
    long bytes = (long) size * type.bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a tensor of " + bytes + " bytes cannot be copied at once; split it along an axis");
    }
    return (int) bytes;
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
}
