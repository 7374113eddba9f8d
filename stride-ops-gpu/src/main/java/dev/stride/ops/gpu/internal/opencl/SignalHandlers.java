package dev.stride.ops.gpu.internal.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.TreeMap;

/**
 * The handlers of the signals of faults, which belong to the virtual machine: compiled Java stops
 * at a safepoint by reading memory that may not be read.
 *
 * <p>Drivers that compile with LLVM, such as PoCL, put LLVM's in their place. Those are taken away
 * by the first fault, so that two threads that stop at once end the process. LLVM does this once a
 * process, and does not look again. PoCL's own handler skips integer divisions by zero, those of
 * Java too, which then give some number instead of an exception. On systems other than Linux this
 * does nothing.
 */
public final class SignalHandlers {

  static final int MEMORY_FAULT = 11;

  /** SIGILL, SIGTRAP, SIGBUS, SIGFPE and SIGSEGV. */
  private static final int[] FAULTS = {4, 5, 7, 8, MEMORY_FAULT};

  private static final long LARGEST_STRUCT = 512;
  private static final boolean LINUX = System.getProperty("os.name").equals("Linux");
  private static final Map<Integer, MemorySegment> BEFORE_DRIVERS = capture();

  private SignalHandlers() {}

  /**
   * Puts back those that drivers have replaced since this was first called, which is to be before
   * any is loaded. Cheap where none has.
   */
  public static void restore() {
    BEFORE_DRIVERS.forEach((signal, handler) -> {
      if (handler(signal) != address(handler)) {
        sigaction(signal, handler, MemorySegment.NULL);
      }
    });
  }

  /** Address of the handler of a signal; 0 and 1: the default, and none. */
  static long handler(int signal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment now = arena.allocate(LARGEST_STRUCT);
      sigaction(signal, MemorySegment.NULL, now);
      return address(now);
    }
  }

  private static Map<Integer, MemorySegment> capture() {
    Map<Integer, MemorySegment> handlers = new TreeMap<>();
    if (LINUX) {
      for (int signal : FAULTS) {
        MemorySegment handler = Arena.global().allocate(LARGEST_STRUCT);
        sigaction(signal, MemorySegment.NULL, handler);
        handlers.put(signal, handler);
      }
    }
    return Map.copyOf(handlers);
  }

  /** The first field of the struct on every Linux of 64 bits. */
  private static long address(MemorySegment handler) {
    return handler.get(ValueLayout.JAVA_LONG, 0);
  }

  static void sigaction(int signal, MemorySegment action, MemorySegment before) {
    int result;
    try {
      result = (int) Native.SIGACTION.invokeExact(signal, action, before);
    } catch (Throwable failure) {
      throw new IllegalStateException("sigaction cannot be called", failure);
    }
    if (result != 0) {
      throw new IllegalStateException("sigaction refuses signal " + signal);
    }
  }

  @SuppressWarnings("restricted") // The module asks for access to native libraries anyway.
  private static final class Native {
    private static final MethodHandle SIGACTION =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("sigaction"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));

    private Native() {}
  }
}
