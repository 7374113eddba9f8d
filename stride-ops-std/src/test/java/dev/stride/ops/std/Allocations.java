package dev.stride.ops.std;

import java.lang.reflect.Method;
import java.util.function.Supplier;

/** A result, and the bytes that this thread allocated to make it. */
record Allocations<R>(R result, long bytes) {

  private static final Object BEAN = bean();
  private static final Method BYTES = counter();

  /** Runs some code on this thread. */
  static <R> Allocations<R> of(Supplier<R> code) {
    long before = soFar();
    R result = code.get();
    return new Allocations<>(result, soFar() - before);
  }

  private static long soFar() {
    try {
      return (Long) BYTES.invoke(BEAN, Thread.currentThread().threadId());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("management is missing", e);
    }
  }

  // By reflection: the pack does not read the modules of management, and tests are part of it.
  private static Object bean() {
    try {
      return Class.forName("java.lang.management.ManagementFactory")
          .getMethod("getThreadMXBean")
          .invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("management is missing", e);
    }
  }

  private static Method counter() {
    try {
      return Class.forName("com.sun.management.ThreadMXBean")
          .getMethod("getThreadAllocatedBytes", long.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("management is missing", e);
    }
  }
}
