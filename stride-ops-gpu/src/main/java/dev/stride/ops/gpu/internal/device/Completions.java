package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.CL_EVENT_COMMAND_EXECUTION_STATUS;
import static org.lwjgl.opencl.CL10.clGetEventInfo;
import static org.lwjgl.opencl.CL10.clReleaseEvent;
import static org.lwjgl.opencl.CL10.clWaitForEvents;

import java.nio.IntBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;
import org.lwjgl.system.MemoryStack;

/**
 * One platform thread that waits for the events of a queue, in their order, and tells how each
 * command ended.
 *
 * <p>Callbacks of OpenCL would be told on threads of the driver, where an exception ends the
 * virtual machine, and some drivers never call back for a command that failed. Waiting on virtual
 * threads would hold the few threads that carry them all.
 */
final class Completions {

  private static final Awaited END = new Awaited(0, code -> {});

  private final BlockingQueue<Awaited> awaited = new LinkedBlockingQueue<>();
  private final Thread thread;

  private record Awaited(long event, IntConsumer then) {}

  Completions(String device) {
    this.thread =
        Thread.ofPlatform().daemon().name("stride-" + device + "-completion").start(this::run);
  }

  /**
   * Waits for an event, releases it and calls back, in the order of these calls.
   *
   * @param then gets 0, or the negative code that the command failed with
   */
  void await(long event, IntConsumer then) {
    awaited.add(new Awaited(event, then));
  }

  /** Ends the thread after all that is awaited, and waits for that. */
  void close() throws InterruptedException {
    awaited.add(END);
    thread.join();
  }

  private void run() {
    try {
      for (Awaited next = awaited.take(); next != END; next = awaited.take()) {
        next.then.accept(ended(next.event));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static int ended(long event) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      int waited = clWaitForEvents(event);
      IntBuffer status = stack.callocInt(1);
      int asked = clGetEventInfo(event, CL_EVENT_COMMAND_EXECUTION_STATUS, status, null);
      clReleaseEvent(event);
      if (asked == 0 && status.get(0) < 0) {
        return status.get(0);
      }
      return Math.min(0, waited);
    }
  }
}
