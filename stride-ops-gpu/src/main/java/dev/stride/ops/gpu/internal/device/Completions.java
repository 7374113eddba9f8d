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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

  private static final Awaited END = new Awaited(0, 0, 0, _ -> {});
  private static final int AT_ONCE = 16;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final BlockingQueue<Awaited> awaited = new LinkedBlockingQueue<>();
  private final ConcurrentSkipListMap<Long, CompletableFuture<Boolean>> waiting =
      new ConcurrentSkipListMap<>();
  private final Thread thread;
  private volatile long ended;

  /** Is told how commands ended. */
  @FunctionalInterface
  interface Told {
    /** Gets 0, or the negative code that the last command failed with. */
    void ended(int code);
  }

  /** An event, or 0 and the code of a failure; the number of its command. */
  private record Awaited(long event, int failure, long command, Told then) {}

  Completions(String device) {
    this.thread =
        Thread.ofPlatform().daemon().name("stride-" + device + "-completion").start(this::run);
  }

  /**
   * Waits for the event of a command, releases it and calls back, in the order of these calls,
   * which the caller makes one at a time.
   *
   * @param command its number; these rise
   */
  void await(long event, long command, Told then) {
    awaited.add(new Awaited(event, 0, command, then));
  }

  /** Calls back, after all that is awaited, that commands have failed which no event tells of. */
  void failed(int code, long command, Told then) {
    awaited.add(new Awaited(0, code, command, then));
  }

  /** Whether a command and all before it have ended, however. */
  boolean haveEnded(long command) {
    return ended >= command;
  }

  /** Completes when a command and all before it have ended, however; null if they have. */
  @Nullable CompletableFuture<Boolean> end(long command) {
    if (haveEnded(command)) {
      return null;
    }
    CompletableFuture<Boolean> end =
        waiting.computeIfAbsent(command, number -> new CompletableFuture<>());
    wake();
    LockSupport.unpark(thread);
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
            tell(one);
            ended = one.command;
            wake();
          }
        }
        next = next.getLast() == END ? List.of(END) : take();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells how a command ended. Who throws then keeps nothing from the others who are told. */
  private void tell(Awaited one) {
    int code = one.event == 0 ? one.failure : ended(one.event);
    try {
      one.then.ended(code);
    } catch (Throwable thrown) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
    }
  }

  /** What is awaited, up to what somebody waits for; the last command of that has ended. */
  private List<Awaited> take() throws InterruptedException {
    List<Awaited> taken = new ArrayList<>();
    Awaited next = awaited.take();
    letMoreCome();
    while (next != null) {
      taken.add(next);
      next = taken.size() == AT_ONCE || isWaitedFor(next.command) ? null : awaited.poll();
    }
    Awaited last = taken.getLast();
    if (last.event != 0) {
      clWaitForEvents(last.event);
    }
    return taken;
  }

  /**
   * Waits a moment unless somebody waits for an end: some drivers wait by asking all the time,
   * which slows down who hands over.
   */
  private void letMoreCome() {
    if (waiting.isEmpty()) {
      LockSupport.parkNanos(this, PAUSE);
    }
  }

  private boolean isWaitedFor(long command) {
    Map.Entry<Long, CompletableFuture<Boolean>> first = waiting.firstEntry();
    return first != null && first.getKey() <= command;
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
