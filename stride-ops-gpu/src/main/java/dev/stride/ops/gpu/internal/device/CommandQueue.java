package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.*;
import static org.lwjgl.opencl.CL12.clEnqueueMarkerWithWaitList;

import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.OpenClException;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;

/**
 * The one queue of a device, which runs commands in their order. Threads take turns in handing
 * over.
 *
 * <p>An event costs a driver about as much as a command, so that single commands have none: some of
 * them are told by one event how they ended, or by a marker when somebody asks. A failure is that
 * of all who share the event, since the device does not say whose it was.
 */
final class CommandQueue {

  /** Hands one command to the driver; its event goes to where one is wanted. */
  @FunctionalInterface
  interface Enqueue {
    int to(long queue, @Nullable PointerBuffer event);
  }

  private static final int COMMANDS_AN_EVENT = 64;

  /** Seen on an H100, where a flush costs a fifth of a command. Others may wait for one. */
  private static final String BEGINS_BY_ITSELF = "NVIDIA";

  private final DeviceDescription description;
  private final DeviceMemory memory;
  private final long handle;
  private final Completions completions;
  private final boolean beginsByItself;
  private List<Command> untold = new ArrayList<>();
  private long handedOver;
  private boolean closed;

  CommandQueue(DeviceDescription description, long context, DeviceMemory memory) {
    this.description = description;
    this.memory = memory;
    this.beginsByItself = description.platformName().startsWith(BEGINS_BY_ITSELF);
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      this.handle = clCreateCommandQueue(context, description.handle(), 0, code);
      requireGranted(code.get(0), "clCreateCommandQueue");
    }
    this.completions = new Completions(description.device().name());
  }

  /** Hands a kernel over, which is told of when somebody asks. */
  synchronized void launch(Launch launch) {
    requireOpen();
    enqueue(launch, false);
    begin();
  }

  /**
   * Hands kernels over, which run one after the other. Several are told of by one event, one alone
   * when somebody asks.
   *
   * @return the number of the last command, see {@link #end}
   */
  synchronized long launch(List<Launch> launches) {
    requireOpen();
    int last = launches.size() - 1;
    for (int i = 0; i <= last; i++) {
      enqueue(launches.get(i), last > 0 && i == last);
    }
    begin();
    return handedOver;
  }

  private void enqueue(Launch launch, boolean told) {
    int code = launch.kernel().set(launch.arguments(), memory.freed());
    if (code != 0) {
      throw refused(code, "clSetKernelArg of " + launch.kernel().name());
    }
    enqueue(launch.command(), launch::enqueue, told);
  }

  /** Lets the driver begin what was handed over, where it does not do so by itself. */
  private void begin() {
    if (!beginsByItself) {
      clFlush(handle);
    }
  }

  /** Hands another command over, which is told of when somebody asks. */
  synchronized void submit(Command command, Enqueue enqueue) {
    requireOpen();
    enqueue(command, enqueue, false);
    begin();
  }

  /**
   * Hands another command over, which an event of its own tells of, so that what hangs on its end
   * is done soon.
   *
   * @return its number, see {@link #end}
   */
  synchronized long submitAndTell(Command command, Enqueue enqueue) {
    requireOpen();
    enqueue(command, enqueue, true);
    return handedOver;
  }

  private void enqueue(Command command, Enqueue enqueue, boolean told) {
    boolean withEvent = told || untold.size() + 1 >= COMMANDS_AN_EVENT;
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = withEvent ? stack.mallocPointer(1) : null;
      int code = enqueue.to(handle, event);
      if (code != 0) {
        throw refused(code, command.toString());
      }
      untold.add(command);
      command.numbered(++handedOver);
      if (event != null) {
        completions.await(event.get(0), handedOver, tell(untold));
        untold = new ArrayList<>();
        clFlush(handle);
      }
    }
  }

  private Completions.Told tell(List<Command> commands) {
    return code -> {
      OpenClException failure = code == 0 ? null : refused(code, Command.text(commands));
      commands.forEach(command -> command.ended(failure));
    };
  }

  /** Completes when a command and all before it have ended, however; null if they have. */
  @Nullable CompletableFuture<Boolean> end(long command) {
    if (completions.haveEnded(command)) {
      return null;
    }
    synchronized (this) {
      if (command > handedOver - untold.size()) {
        mark();
      }
    }
    return completions.end(command);
  }

  /** Has the end of a command told as soon as it has ended. */
  void tellSoon(long command) {
    CompletableFuture<Boolean> _ = end(command);
  }

  /** Lets an event tell of all that was handed over. */
  private void mark() {
    if (untold.isEmpty()) {
      return;
    }
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      int code = clEnqueueMarkerWithWaitList(handle, null, event);
      if (code == 0) {
        completions.await(event.get(0), handedOver, tell(untold));
        clFlush(handle);
      } else {
        completions.failed(code, handedOver, tell(untold));
      }
      untold = new ArrayList<>();
    }
  }

  /**
   * Submits something, or does without where the queue is closed; nothing is in it then.
   *
   * @return whether it was open
   */
  synchronized boolean unlessClosed(Runnable submits, LongConsumer otherwise) {
    if (closed) {
      otherwise.accept(handle);
    } else {
      submits.run();
    }
    return !closed;
  }

  /** Runs something between commands, whether the queue is open or closed. */
  synchronized void atOnce(LongConsumer action) {
    action.accept(handle);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          description.device()
              + " was closed with its engine; values can still be read, but nothing computed");
    }
  }

  /** Waits for all commands and ends the thread that tells of them; false if that was done. */
  boolean close() {
    synchronized (this) {
      if (closed) {
        return false;
      }
      mark();
      clFinish(handle);
      closed = true;
    }
    try {
      completions.close();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /** Gives it back to the driver. */
  void release() {
    clReleaseCommandQueue(handle);
  }

  /** Throws what the driver refuses. */
  void requireGranted(int code, String what) {
    if (code != 0) {
      throw refused(code, what);
    }
  }

  private OpenClException refused(int code, String what) {
    return Session.refused(description, code, what);
  }
}
