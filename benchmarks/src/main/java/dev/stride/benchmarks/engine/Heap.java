package dev.stride.benchmarks.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What is allocated, and what is alive. */
final class Heap {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Heap() {}

  /** Bytes that all threads together have allocated. */
  static long allocatedBytes() {
    return THREADS.getTotalThreadAllocatedBytes();
  }

  /** Bytes on the heap right after full collections, when nothing else allocates. */
  static long liveBytes() {
    collect();
    collect();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Takes what earlier turns have left out of the next one's time. */
  static void collect() {
    System.gc();
  }
}
