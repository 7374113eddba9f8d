package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.CL_MAP_READ;
import static org.lwjgl.opencl.CL10.clEnqueueMapBuffer;
import static org.lwjgl.opencl.CL10.clEnqueueUnmapMemObject;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;

/**
 * A buffer that the host reads where it lies. On a device that shares the host's memory nothing is
 * copied for that. Used by one thread at a time.
 */
final class Mapping implements CommandQueue.Enqueue {

  private final DeviceBuffer buffer;
  private final long bytes;
  private final boolean waits;
  private @Nullable ByteBuffer memory;

  /**
   * A part of a buffer from its beginning.
   *
   * @param waits whether handing the command over waits for its end
   */
  Mapping(DeviceBuffer buffer, long bytes, boolean waits) {
    this.buffer = buffer;
    this.bytes = bytes;
    this.waits = waits;
  }

  @Override
  public int to(long queue, @Nullable PointerBuffer event) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      memory =
          clEnqueueMapBuffer(
              queue, buffer.handle(), waits, CL_MAP_READ, 0, bytes, null, event, code, null);
      return code.get(0);
    }
  }

  /** The elements, once the command has ended and until {@link #end}. */
  ByteBuffer elements() {
    ByteBuffer mapped = memory;
    if (mapped == null) {
      throw new IllegalStateException("a tensor of " + buffer.holder() + " is not mapped");
    }
    return mapped.order(ByteOrder.nativeOrder());
  }

  /** Gives the memory back to the device; does nothing if it was not mapped. */
  void end(long queue) {
    if (memory != null) {
      clEnqueueUnmapMemObject(queue, buffer.handle(), memory, null, null);
      memory = null;
    }
  }
}
