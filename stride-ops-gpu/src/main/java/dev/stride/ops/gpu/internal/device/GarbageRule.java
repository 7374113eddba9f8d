package dev.stride.ops.gpu.internal.device;

/**
 * Decides when it pays to ask the garbage collector for the memory of tensors that nobody can reach
 * any more, rather than to take new memory: when what is held has doubled since the last
 * collection, and making as much anew takes several times as long as a collection.
 *
 * <p>So collections add a small part to what new memory costs, and become rare where what is held
 * is in use. Not thread-safe.
 */
final class GarbageRule {

  /** How many times longer making buffers must take. */
  private static final int TIMES = 8;

  /** Taken for the first collection, whose cost nobody knows: a second for a gigabyte of heap. */
  private static final double NANOS_A_HEAP_BYTE = 1;

  private final double nanosPerByte;
  private double nanosPerCollection;
  private long heldThen;

  /**
   * The rule for a device.
   *
   * @param nanosPerByte what new memory takes, until the first command has written to it
   * @param heapBytes in use now
   */
  GarbageRule(double nanosPerByte, long heapBytes) {
    this.nanosPerByte = nanosPerByte;
    this.nanosPerCollection = heapBytes * NANOS_A_HEAP_BYTE;
  }

  /** Whether a collection pays where so many bytes are held. */
  boolean pays(long held) {
    long grown = held - heldThen;
    return grown >= heldThen && grown * nanosPerByte >= TIMES * nanosPerCollection;
  }

  /** Notes what a collection took, and the bytes that are held after it. */
  void collected(long nanos, long held) {
    nanosPerCollection = nanos;
    heldThen = held;
  }
}
