package dev.stride.testkit.fakes;

import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.HeapStorage;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.TensorStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A pack that brings a device in memory, {@code fake:0}: tensors there are not on the heap by name,
 * arithmetic on them fails until they are moved, and every move is counted. Thread-safe.
 */
public final class FakeDevice implements OperatorPack {

  /** The device. */
  public static final Device DEVICE = new Device("fake:0");

  private final List<Operator<?>> operators = new ArrayList<>();
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> work =
      new AtomicReference<>();
  private final AtomicInteger uploads = new AtomicInteger();
  private final AtomicInteger downloads = new AtomicInteger();

  /** A device without operators. */
  public FakeDevice() {}

  /** Registers an operator for the device; before the engine is made. */
  public FakeDevice operator(Operator<?> operator) {
    operators.add(operator);
    return this;
  }

  @Override
  public String id() {
    return "fake";
  }

  @Override
  public String version() {
    return "0";
  }

  @Override
  public void register(OperatorRegistrar registrar) {
    registrar.device(DEVICE);
    registrar.vectorSpace(new FakeSpace(this));
    for (Operator<?> operator : operators) {
      registrar.operator(() -> operator).device(DEVICE);
    }
  }

  /** A copy of a tensor on this device. */
  public Tensor upload(Tensor tensor) {
    uploads.incrementAndGet();
    return onDevice(tensor.toHeap());
  }

  /**
   * From now on tensors here are only on their way, as on a device that computes after operators
   * have handed their work over: they arrive with {@link #catchUp}, or never, with {@link #fail}.
   */
  public FakeDevice busy() {
    work.compareAndSet(null, new CompletableFuture<>());
    return this;
  }

  /** Everything that was on its way is there, and the device is not busy any more. */
  public void catchUp() {
    CompletableFuture<Boolean> done = work.getAndSet(null);
    if (done != null) {
      done.complete(true);
    }
  }

  /** Everything that is on its way fails, as does what comes, until {@link #catchUp}. */
  public void fail(RuntimeException reason) {
    busy();
    CompletableFuture<Boolean> failing = work.get();
    if (failing != null) {
      failing.completeExceptionally(reason);
    }
  }

  /** What is on its way; null if nothing is. */
  @Nullable CompletionStage<Boolean> arrival() {
    CompletableFuture<Boolean> pending = work.get();
    return pending == null ? null : pending.minimalCompletionStage();
  }

  /** How often tensors were moved here. */
  public int uploads() {
    return uploads.get();
  }

  /** How often tensors were moved from here to the heap. */
  public int downloads() {
    return downloads.get();
  }

  /** A tensor here, from one on the heap, that is not counted as moved. */
  Tensor onDevice(Tensor heap) {
    return Tensor.of(heap.shape(), new FakeStorage(this, heap.storage().toHeap()));
  }

  /** The elements as a kernel of the device sees them, without a counted move. */
  static Tensor inPlace(Tensor tensor) {
    if (tensor.storage() instanceof FakeStorage fake) {
      return Tensor.of(tensor.shape(), fake.elements);
    }
    throw new IllegalStateException("expected a tensor on fake:0, got one on " + tensor.device());
  }

  private record FakeStorage(FakeDevice owner, HeapStorage elements) implements TensorStorage {

    @Override
    public DataType dataType() {
      return elements.dataType();
    }

    @Override
    public int size() {
      return elements.size();
    }

    @Override
    public Device device() {
      return DEVICE;
    }

    @Override
    public double get(int index) {
      return elements.get(index);
    }

    @Override
    public HeapStorage toHeap() {
      owner.downloads.incrementAndGet();
      return elements;
    }
  }
}
