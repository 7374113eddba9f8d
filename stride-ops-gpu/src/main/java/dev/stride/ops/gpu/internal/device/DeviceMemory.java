package dev.stride.ops.gpu.internal.device;

import dev.stride.api.StrideException;
import dev.stride.ops.gpu.internal.opencl.OpenClException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a device: buffers within a budget. What is given back is kept for the next who asks
 * for as much. Thread-safe.
 *
 * <p>New memory is expensive: drivers and operating systems give it in pages, when it is first
 * written to. So tensors that nobody can reach any more are looked for before, where that pays.
 *
 * <p>Where the budget is spent, memory is looked for in this order: buffers that nobody uses, and
 * tensors that nobody can reach any more, for which the garbage collector is asked. Only then is it
 * an error, which names the largest holders.
 */
public final class DeviceMemory {

  /** Makes and frees buffers of the driver. */
  interface Driver {
    long allocate(long bytes);

    void free(long handle);
  }

  private static final int CODE_NO_MEMORY = -4;
  private static final int COLLECTIONS = 4;
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int LOOKS = 8;
  private static final long LOOK_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final String device;
  private final long budget;
  private final long largest;
  private final Driver driver;
  private final GarbageRule rule;
  private final Runnable collector;
  private final AtomicBoolean collecting = new AtomicBoolean();
  private final Map<Long, Deque<Long>> pool = new HashMap<>();
  private final Set<DeviceBuffer> live = new LinkedHashSet<>();
  private long liveBytes;
  private long pooledBytes;
  private long freed;
  private long allocations;
  private boolean closed;
  private @Nullable Runnable whenEmpty;

  DeviceMemory(String device, long budget, long largest, Driver driver, GarbageRule rule) {
    this(device, budget, largest, driver, rule, System::gc);
  }

  /**
   * Memory of a device.
   *
   * @param device its name, for messages
   * @param budget bytes that may be held
   * @param largest bytes that a buffer can have
   * @param driver that buffers come from
   * @param rule when to look for garbage before that
   * @param collector of garbage
   */
  DeviceMemory(
      String device,
      long budget,
      long largest,
      Driver driver,
      GarbageRule rule,
      Runnable collector) {
    this.device = device;
    this.budget = budget;
    this.largest = largest;
    this.driver = driver;
    this.rule = rule;
    this.collector = collector;
  }

  /** Bytes that tensors and operators hold now. */
  public synchronized long liveBytes() {
    return liveBytes;
  }

  /** Number of buffers that tensors and operators hold now. */
  public synchronized int liveBuffers() {
    return live.size();
  }

  /** How many buffers were given out. */
  public synchronized long allocations() {
    return allocations;
  }

  /** Bytes that are kept for the next who asks. */
  public synchronized long pooledBytes() {
    return pooledBytes;
  }

  /** Bytes of the budget that nobody holds. */
  public synchronized long freeBytes() {
    return budget - liveBytes;
  }

  /** Bytes that may be held at once, those that are kept included. */
  public long budget() {
    return budget;
  }

  /**
   * A buffer of at least so many bytes, of any content.
   *
   * @param holder who asks, for the message of those who get nothing
   * @throws StrideException {@code DeviceMemory} if there is no room
   */
  DeviceBuffer allocate(long bytes, String holder) {
    long size = sizeClass(bytes);
    if (size > largest) {
      throw new StrideException(
          "DeviceMemory",
          "%s: %s asks for %s, but a buffer of this device has at most %s. Split the tensor."
              .formatted(device, holder, Holders.text(bytes), Holders.text(largest)));
    }
    DeviceBuffer kept = kept(size, holder);
    if (kept == null && collectIfThatPays()) {
      kept = kept(size, holder);
    }
    return kept == null ? allocateAnew(size, bytes, holder) : kept;
  }

  /** Looks for what nobody can reach; false if that is not likely to save time now. */
  private boolean collectIfThatPays() {
    if (!pays() || !collecting.compareAndSet(false, true)) {
      return false;
    }
    try {
      long begin = System.nanoTime();
      collector.run();
      long took = System.nanoTime() - begin;
      awaitReturns();
      collected(took);
    } finally {
      collecting.set(false);
    }
    return true;
  }

  private synchronized boolean pays() {
    return rule.pays(liveBytes);
  }

  private synchronized void collected(long nanos) {
    rule.collected(nanos, liveBytes);
  }

  /** What was found comes back on another thread, which is given until no more of it comes. */
  private void awaitReturns() {
    long before = -1;
    for (int i = 0; i < LOOKS && before != liveBytes(); i++) {
      before = liveBytes();
      LockSupport.parkNanos(LOOK_PAUSE);
    }
  }

  private DeviceBuffer allocateAnew(long size, long bytes, String holder) {
    DeviceBuffer buffer = tryAllocate(size, holder);
    for (int i = 0; i < COLLECTIONS && buffer == null; i++) {
      collector.run();
      LockSupport.parkNanos(FIRST_PAUSE << (2 * i));
      buffer = tryAllocate(size, holder);
    }
    if (buffer == null) {
      throw noRoom(bytes, holder);
    }
    return buffer;
  }

  /** Rounded up to one of eight sizes between powers of two, so that others can use it again. */
  private static long sizeClass(long bytes) {
    long step = Math.max(256, Long.highestOneBit(Math.max(1, bytes)) >> 3);
    return Math.max(step, (bytes + step - 1) / step * step);
  }

  private synchronized @Nullable DeviceBuffer kept(long size, String holder) {
    Deque<Long> kept = pool.get(size);
    Long handle = kept == null ? null : kept.poll();
    if (handle == null) {
      return null;
    }
    pooledBytes -= size;
    return hold(new DeviceBuffer(this, handle, size, holder, ++allocations));
  }

  private synchronized @Nullable DeviceBuffer tryAllocate(long size, String holder) {
    DeviceBuffer kept = kept(size, holder);
    Long handle = kept == null ? fromDriver(size) : null;
    return handle == null
        ? kept
        : hold(new DeviceBuffer(this, handle, size, holder, ++allocations));
  }

  private @Nullable Long fromDriver(long size) {
    if (liveBytes + pooledBytes + size > budget) {
      trim();
    }
    if (liveBytes + size > budget) {
      return null;
    }
    try {
      return driver.allocate(size);
    } catch (OpenClException failure) {
      if (failure.code() != CODE_NO_MEMORY) {
        throw failure;
      }
      trim();
      return null;
    }
  }

  private DeviceBuffer hold(DeviceBuffer buffer) {
    live.add(buffer);
    liveBytes += buffer.bytes();
    return buffer;
  }

  /** How many buffers the driver was given back, whose handles it may use again. */
  synchronized long freed() {
    return freed;
  }

  private void free(long handle) {
    freed++;
    driver.free(handle);
  }

  /** Frees what nobody uses. */
  synchronized void trim() {
    pool.values().forEach(handles -> handles.forEach(this::free));
    pool.clear();
    pooledBytes = 0;
  }

  /** Takes a buffer that has lost its last user. */
  synchronized void giveBack(DeviceBuffer buffer) {
    live.remove(buffer);
    liveBytes -= buffer.bytes();
    if (closed) {
      free(buffer.handle());
      endIfEmpty();
    } else {
      pool.computeIfAbsent(buffer.bytes(), _ -> new ArrayDeque<>()).push(buffer.handle());
      pooledBytes += buffer.bytes();
    }
  }

  /** Keeps nothing from now on; runs {@code last} when nothing is held any more. */
  synchronized void close(Runnable last) {
    closed = true;
    trim();
    whenEmpty = last;
    endIfEmpty();
  }

  private void endIfEmpty() {
    Runnable last = whenEmpty;
    if (last != null && live.isEmpty()) {
      whenEmpty = null;
      last.run();
    }
  }

  private synchronized StrideException noRoom(long bytes, String holder) {
    return new StrideException(
        "DeviceMemory",
        ("%s: %s asks for %s, but %s of the %s that may be used are held. Largest holders: %s."
                + " Release tensors that are not needed, use smaller ones, or raise the"
                + " configuration stride.gpu.memory.")
            .formatted(
                device,
                holder,
                Holders.text(bytes),
                Holders.text(liveBytes),
                Holders.text(budget),
                Holders.text(live)));
  }
}
