package dev.stride.ops.gpu.internal.device;

import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.spi.HeapStorage;
import dev.stride.api.spi.TensorStorage;
import java.lang.ref.Cleaner.Cleanable;
import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Elements in the memory of a device, or on their way there: a command in the queue may still have
 * to compute them. Thread-safe.
 *
 * <p>The memory goes back when {@link #release} is called, when the run that it was lent to holds
 * it no longer, otherwise when nobody can reach the storage any more.
 */
public final class DeviceStorage implements TensorStorage {

  private final ComputeDevice owner;
  private final DeviceBuffer buffer;
  private final DataType dataType;
  private final int size;
  private final Cleanable cleanable;
  private final Loan loan = new Loan(this::release);
  private volatile @Nullable SoftReference<HeapStorage> copy;

  DeviceStorage(ComputeDevice owner, DeviceBuffer buffer, DataType dataType, int size) {
    this.owner = owner;
    this.buffer = buffer;
    this.dataType = dataType;
    this.size = size;
    this.cleanable = owner.cleaner().register(this, new Release(buffer));
  }

  /** Must not refer to the storage. */
  private static final class Release implements Runnable {

    private final DeviceBuffer buffer;
    private final AtomicBoolean done = new AtomicBoolean();

    Release(DeviceBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public void run() {
      if (done.compareAndSet(false, true)) {
        buffer.release();
      }
    }
  }

  /** The device that holds the elements. */
  public ComputeDevice owner() {
    return owner;
  }

  /** Who holds the elements, where a run has made them for itself. */
  public Loan loan() {
    return loan;
  }

  /** How many buffers the device had given out when it made this. */
  public long number() {
    return buffer.number();
  }

  DeviceBuffer buffer() {
    return buffer;
  }

  /** The driver's handle of the buffer. */
  Long handle() {
    return buffer.handle();
  }

  @Override
  public DataType dataType() {
    return dataType;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Device device() {
    return owner.device();
  }

  /** Copies all elements the first time. */
  @Override
  public double get(int index) {
    return toHeap().get(index);
  }

  @Override
  public HeapStorage toHeap() {
    SoftReference<HeapStorage> kept = copy;
    HeapStorage known = kept == null ? null : kept.get();
    if (known != null) {
      return known;
    }
    HeapStorage read = owner.read(this);
    copy = new SoftReference<>(read);
    return read;
  }

  @Override
  public void release() {
    cleanable.clean();
  }
}
