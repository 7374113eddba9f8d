package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.CL_EVENT_COMMAND_EXECUTION_STATUS;
import static org.lwjgl.opencl.CL10.clGetEventInfo;
import static org.lwjgl.opencl.CL10.clReleaseEvent;
import static org.lwjgl.opencl.CL10.clWaitForEvents;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.lwjgl.system.MemoryStack;

/**
 * One platform thread that waits for the events of a queue, in their order, and tells how each
 * command ended. Where several wait it waits for the last of them, which is the last to end.
 *
 * <p>Callbacks of OpenCL would be told on threads of the driver, where an exception ends the
 * virtual machine, and some drivers never call back for a command that failed. Waiting on virtual
 * threads would hold the few threads that carry them all.
 */
final class Completions {

  private static final Awaited END = new Awaited(0, true, code -> {});
  private static final int AT_ONCE = 16;

  private final BlockingQueue<Awaited> awaited = new LinkedBlockingQueue<>();
  private final ConcurrentSkipListMap<Long, CompletableFuture<Boolean>> waiting =
      new ConcurrentSkipListMap<>();
  private final Thread thread;
  private long handedOver;
  private long told;
  private volatile long ended;

  private record Awaited(long event, boolean urgent, IntConsumer then) {}

  Completions(String device) {
    this.thread =
        Thread.ofPlatform().daemon().name("stride-" + device + "-completion").start(this::run);
  }

  /**
   * Waits for an event, releases it and calls back, in the order of these calls, which the caller
   * makes one at a time.
   *
   * @param urgent whether somebody waits for this command, so that it is told as soon as it ends
   * @param then gets 0, or the negative code that the command failed with
   * @return the command's number, counted from 1
   */
  long await(long event, boolean urgent, IntConsumer then) {
    awaited.add(new Awaited(event, urgent, then));
    return ++handedOver;
  }

  /** Completes when a command and all before it have ended, however; null if they have. */
  @Nullable CompletableFuture<Boolean> end(long command) {
    if (ended >= command) {
      return null;
    }
    CompletableFuture<Boolean> end =
        waiting.computeIfAbsent(command, number -> new CompletableFuture<>());
    wake();
    return end;
  }

  /** Ends the thread after all that is awaited, and waits for that. */
  void close() throws InterruptedException {
    awaited.add(END);
    thread.join();
  }

  private void run() {
    try {
      List<Awaited> next = take();
      while (next.getFirst() != END) {
        for (Awaited one : next) {
          if (one != END) {
            one.then.accept(ended(one.event));
            ended = ++told;
            wake();
          }
        }
        next = next.getLast() == END ? List.of(END) : take();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is awaited, up to one that is urgent; the last command of them has ended. */
  private List<Awaited> take() throws InterruptedException {
    List<Awaited> taken = new ArrayList<>();
    Awaited next = awaited.take();
    while (next != null) {
      taken.add(next);
      next = next.urgent || taken.size() == AT_ONCE ? null : awaited.poll();
    }
    Awaited last = taken.getLast();
    if (last != END) {
      clWaitForEvents(last.event);
    }
    return taken;
  }

  private void wake() {
    Map.Entry<Long, CompletableFuture<Boolean>> first = waiting.firstEntry();
    while (first != null && first.getKey() <= ended) {
      if (waiting.remove(first.getKey(), first.getValue())) {
        first.getValue().complete(true);
      }
      first = waiting.firstEntry();
    }
  }

  private static int ended(long event) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer status = stack.callocInt(1);
      int asked = clGetEventInfo(event, CL_EVENT_COMMAND_EXECUTION_STATUS, status, null);
      int waited = asked == 0 && status.get(0) <= 0 ? 0 : clWaitForEvents(event);
      clReleaseEvent(event);
      return Math.min(0, asked == 0 ? Math.min(status.get(0), waited) : asked);
    }
  }
}
