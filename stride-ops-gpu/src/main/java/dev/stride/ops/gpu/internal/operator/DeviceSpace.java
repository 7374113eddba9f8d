package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Custody;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.VectorSpace;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The tensors in a device's memory as a vector space. Reduction and products stay there; {@link
 * #range}, {@link #precondition} and {@link #numbers} copy to the heap.
 */
public final class DeviceSpace implements VectorSpace<Tensor> {

  private static final Code SUM = Code.of("a + b", "a", "b");
  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Code SCALED = new Code("factor * x", List.of("x"), List.of("factor"));

  private final ComputeDevice owner;
  private final Elements elements;
  private final Reduction sums;
  private final Custody<Tensor> custody = new Counting();

  /** The space of a device. */
  public DeviceSpace(ComputeDevice owner) {
    this.owner = owner;
    this.elements = new Elements(owner, "a sum of gradients");
    this.sums = new Reduction(owner, "an inner product");
  }

  @Override
  public Class<Tensor> type() {
    return Tensor.class;
  }

  @Override
  public Device device() {
    return owner.device();
  }

  @Override
  public boolean knows(Tensor value) {
    return value.storage() instanceof DeviceStorage storage && storage.owner() == owner;
  }

  @Override
  public Spec<Tensor> spec(Tensor value) {
    return new DeviceSpec(owner, value.shape(), value.dataType());
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return elements.compute(SUM, a.shape(), List.of(a, b));
  }

  @Override
  public Tensor scale(Tensor value, double factor) {
    return elements.compute(SCALED, value.shape(), List.of(value), factor);
  }

  @Override
  public double inner(Tensor a, Tensor b) {
    Tensor product = sums.compute(PRODUCT, Axes.all(a.shape()), 1, List.of(a, b));
    double value = product.item();
    product.storage().release();
    return value;
  }

  @Override
  public Tensor copy(Tensor value) {
    return owner.copy(value);
  }

  @Override
  public @Nullable CompletionStage<?> arrival(Tensor value) {
    return owner.arrival(value);
  }

  @Override
  public Custody<Tensor> custody() {
    return custody;
  }

  @Override
  public long bytes(Tensor value) {
    return (long) value.size() * value.dataType().bytes();
  }

  @Override
  public Range range(Tensor value) {
    return TensorSpace.HEAP.range(value.toHeap());
  }

  @Override
  public Tensor precondition(Tensor gradient, Tensor preconditioner) {
    return owner.upload(TensorSpace.HEAP.precondition(gradient.toHeap(), preconditioner.toHeap()));
  }

  @Override
  public @Nullable Tensor transfer(Object value) {
    return value instanceof Tensor tensor ? owner.upload(tensor) : null;
  }

  @Override
  public double @Nullable [] numbers(Tensor value) {
    return value.toDoubleArray();
  }

  @Override
  public Tensor fromNumbers(Tensor like, double[] numbers) {
    return owner.upload(Tensor.of(like.shape(), numbers).cast(like.dataType()));
  }

  @Override
  public Accumulator<Tensor> accumulator(Spec<Tensor> spec) {
    return new InPlace();
  }

  /** Counts holders where the elements lie, since tensors share them. */
  private final class Counting implements Custody<Tensor> {

    @Override
    public boolean keepsNothing(Operator<?> operator) {
      return operator instanceof DeviceCode;
    }

    @Override
    public void hold(Tensor value) {
      owner.storage(value).loan().hold();
    }

    @Override
    public void letGo(Tensor value) {
      owner.storage(value).loan().letGo();
    }

    @Override
    public void handOut(Tensor value) {
      owner.storage(value).loan().handOut();
    }
  }

  private record DeviceSpec(ComputeDevice owner, Shape shape, DataType dataType)
      implements Spec<Tensor> {
    @Override
    public Tensor zero() {
      return owner.filled(shape, dataType, 0);
    }

    @Override
    public Tensor one() {
      return owner.filled(shape, dataType, 1);
    }

    @Override
    public boolean isScalar() {
      return shape.size() == 1;
    }

    @Override
    public long bytes() {
      return (long) shape.size() * dataType.bytes();
    }

    @Override
    public String toString() {
      return "Tensor" + shape + " " + dataType + " on " + owner.device();
    }
  }

  /** Keeps the first term as it is; from the second on sums in memory that nobody has seen. */
  private final class InPlace implements Accumulator<Tensor> {

    private @Nullable Tensor sum;
    private boolean owned;

    @Override
    public void add(Tensor value) {
      if (sum == null) {
        sum = value;
      } else if (!owned) {
        sum = DeviceSpace.this.add(sum, value);
        owner.storage(sum).loan().lend();
        owned = true;
      } else {
        elements.computeInto(sum, SUM, List.of(sum, value));
      }
    }

    @Override
    public @Nullable Tensor sum() {
      return sum;
    }
  }
}
