package dev.stride.ops.gpu.internal.device;

import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.HeapStorage;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A device of one engine: makes tensors in its memory and computes with them. Opened when it is
 * first used. Thread-safe.
 *
 * <p>Methods that compute or copy to the device return at once; the work is done in the order of
 * these calls. Reading waits.
 */
public final class ComputeDevice implements AutoCloseable {

  private static final double MEASURED_SECONDS = 2e-3;
  private static final int MEASURED_TIMES = 100;

  private final DeviceDescription description;
  private final long budget;
  private final ProgramCache cache;
  private final GroupSizes groups;
  private volatile @Nullable Session session;
  private boolean closed;

  /** A device that may hold so many bytes, and compiles every program itself. */
  public ComputeDevice(DeviceDescription description, long budget) {
    this(description, budget, ProgramCache.off());
  }

  /** A device that may hold so many bytes, and whose groups of work items are the usual ones. */
  public ComputeDevice(DeviceDescription description, long budget, ProgramCache cache) {
    this(description, budget, cache, GroupSizes.usual());
  }

  /**
   * A device that may hold so many bytes.
   *
   * @param budget bytes of its memory that may be used
   * @param cache of the programs that it compiles
   * @param groups of work items for its kernels
   */
  public ComputeDevice(
      DeviceDescription description, long budget, ProgramCache cache, GroupSizes groups) {
    this.description = description;
    this.budget = budget;
    this.cache = cache;
    this.groups = groups;
  }

  /** Its name in Stride. */
  public Device device() {
    return description.device();
  }

  /** As its driver describes it. */
  public DeviceDescription description() {
    return description;
  }

  /** Its memory. */
  public DeviceMemory memory() {
    return session().memory();
  }

  Cleaner cleaner() {
    return session().cleaner();
  }

  private Session session() {
    Session open = session;
    return open != null ? open : open();
  }

  private synchronized Session open() {
    Session open = session;
    if (open == null) {
      if (closed) {
        throw new IllegalStateException(device() + " was closed with its engine");
      }
      open = new Session(description, budget, cache);
      session = open;
    }
    return open;
  }

  /** A function of a program. */
  public Kernel kernel(String source, String name) {
    return session().programs().kernel(source, name);
  }

  /**
   * A function of a program whose source is long to make: that is asked for once for all equal
   * forms.
   *
   * @param form all that the source depends on, of a class that nobody else uses
   */
  public Kernel kernel(Object form, Supplier<String> source, String name) {
    return session().programs().kernel(form, source, name);
  }

  /**
   * The range in the groups that are the fastest for a kernel here. Where they are not known yet,
   * and the search for them is on, waits while some are measured.
   *
   * @param source of the kernel, which holds all that its speed depends on
   * @param usual the range in groups that serve most devices
   * @param trial a command to measure, if need be
   */
  public Range inFastestGroups(
      String source, Kernel kernel, Range usual, Supplier<? extends Trial> trial) {
    String key = ProgramCache.key(description, source, kernel.name(), usual.toString());
    return groups.fastest(
        key, usual, kernel.largestGroup(), candidate -> seconds(trial, candidate));
  }

  private double seconds(Supplier<? extends Trial> trial, Range range) {
    try (Trial running = trial.get()) {
      Launch launch = running.in(range);
      seconds(launch, 1); // Some drivers compile a kernel anew for each size of groups.
      int times = (int) Math.clamp(MEASURED_SECONDS / seconds(launch, 1), 1, MEASURED_TIMES);
      double first = seconds(launch, times);
      double second = seconds(launch, times);
      return Math.min(first, second) / times;
    }
  }

  private double seconds(Launch launch, int times) {
    long begin = System.nanoTime();
    awaitEnd(launch(Collections.nCopies(times, launch)));
    return (System.nanoTime() - begin) * 1e-9;
  }

  /**
   * A tensor of any content, to be computed.
   *
   * @param holder who asks, as messages call it
   * @throws IllegalArgumentException if the device does not compute in this type
   */
  public Tensor allocate(Shape shape, DataType type, String holder) {
    return Tensor.of(shape, allocate(shape.size(), type, holder));
  }

  /** Elements of any content, to be computed. */
  public DeviceStorage allocate(int size, DataType type, String holder) {
    if (type == DataType.FLOAT64 && !description.doubles()) {
      throw new IllegalArgumentException(
          device()
              + " ("
              + description.name()
              + ") does not compute in float64. Cast to float32, or keep the tensor on cpu.");
    }
    long bytes = WorkSize.padded(size) * type.bytes();
    return new DeviceStorage(this, memory().allocate(bytes, holder), type, size);
  }

  /** Hands a command over to the queue. */
  public void launch(Launch launch) {
    launch.retain();
    try {
      session().launch(launch);
    } finally {
      launch.release();
      Reference.reachabilityFence(launch);
    }
  }

  /**
   * Hands commands over to the queue, which run one after the other; a failure of one is told as
   * that of all.
   *
   * @param launches at least one
   * @return the number of the last, for {@link #awaitEnd}
   */
  public long launch(List<Launch> launches) {
    int held = 0;
    try {
      for (Launch launch : launches) {
        launch.retain();
        held++;
      }
      return session().launch(launches);
    } finally {
      launches.subList(0, held).forEach(Launch::release);
      Reference.reachabilityFence(launches);
    }
  }

  /** Waits until a command and all before it have ended, however. Holds no carrier of threads. */
  public void awaitEnd(long command) {
    session().awaitEnd(command);
  }

  /**
   * Starts to copy elements to memory of the host's.
   *
   * @param target as many bytes; must stay until the command has ended
   * @return the command's number, for {@link #awaitEnd}
   */
  public long read(DeviceStorage source, ByteBuffer target) {
    return session().transfers().read(source, target);
  }

  /**
   * Starts to copy elements from memory of the host's.
   *
   * @param source as many bytes; must stay until the command has ended
   * @return the command's number, for {@link #awaitEnd}
   */
  public long write(ByteBuffer source, DeviceStorage target) {
    return session().transfers().write(source, target);
  }

  /** Runs something when a command and all before it have ended, on a thread that must not wait. */
  public void afterEnd(long command, Runnable then) {
    session().afterEnd(command, then);
  }

  /** Elements of the heap, in memory of their own. */
  public DeviceStorage upload(HeapStorage elements, String holder) {
    DeviceStorage there = allocate(elements.size(), elements.dataType(), holder);
    session().transfers().write(elements, there);
    return there;
  }

  /** Whole numbers for a kernel, in memory of their own: of the size of float32, and not that. */
  public DeviceStorage upload(int[] numbers, String holder) {
    DeviceStorage there = allocate(numbers.length, DataType.FLOAT32, holder);
    session().transfers().write(numbers, there);
    return there;
  }

  /** Elements that are all one number, in memory of their own. */
  public DeviceStorage filled(int size, DataType type, double value, String holder) {
    DeviceStorage storage = allocate(size, type, holder);
    session().fill(storage, value);
    return storage;
  }

  /** The tensor in this device's memory; itself if it is there. */
  public Tensor upload(Tensor tensor) {
    if (tensor.storage() instanceof DeviceStorage storage && storage.owner() == this) {
      return tensor;
    }
    HeapStorage heap = tensor.storage().toHeap();
    DeviceStorage there =
        allocate(heap.size(), heap.dataType(), "values " + tensor.shape() + " copied here");
    session().transfers().write(heap, there);
    return Tensor.of(tensor.shape(), there);
  }

  /** A tensor of one number. */
  public Tensor filled(Shape shape, DataType type, double value) {
    DeviceStorage storage = allocate(shape.size(), type, "values " + shape + " of " + value);
    session().fill(storage, value);
    return Tensor.of(shape, storage);
  }

  /** A tensor with memory of its own and the same elements. */
  public Tensor copy(Tensor tensor) {
    DeviceStorage source = storage(tensor);
    DeviceStorage target =
        allocate(source.size(), source.dataType(), "a copy of values " + tensor.shape());
    try {
      session().copy(source, target);
    } finally {
      Reference.reachabilityFence(source);
    }
    return Tensor.of(tensor.shape(), target);
  }

  /**
   * The elements of a tensor that is here.
   *
   * @throws IllegalStateException if it is elsewhere
   */
  public DeviceStorage storage(Tensor tensor) {
    if (tensor.storage() instanceof DeviceStorage storage && storage.owner() == this) {
      return storage;
    }
    throw new IllegalStateException(
        "a tensor of shape "
            + tensor.shape()
            + " is on "
            + tensor.device()
            + " of another engine or device than "
            + device()
            + "; move it there first");
  }

  /** When a tensor that is here is computed, or fails to be; null if it is. */
  public @Nullable CompletionStage<?> arrival(Tensor tensor) {
    return session().arrival(storage(tensor));
  }

  HeapStorage read(DeviceStorage storage) {
    return session().transfers().read(storage);
  }

  /**
   * Waits for what is in the queue and ends the device's thread. Values can still be read; the
   * memory of each is freed when nobody can reach it any more.
   */
  @Override
  public void close() {
    Session open;
    synchronized (this) {
      closed = true;
      open = session;
    }
    if (open != null) {
      open.close();
    }
  }
}
