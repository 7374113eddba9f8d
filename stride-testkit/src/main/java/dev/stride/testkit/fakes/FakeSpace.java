package dev.stride.testkit.fakes;

import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.VectorSpace;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tensors on the fake device as a vector space: computes where they are. */
record FakeSpace(FakeDevice owner) implements VectorSpace<Tensor> {

  @Override
  public Class<Tensor> type() {
    return Tensor.class;
  }

  @Override
  public Device device() {
    return FakeDevice.DEVICE;
  }

  @Override
  public boolean knows(Tensor value) {
    return value.device().equals(FakeDevice.DEVICE);
  }

  @Override
  public Spec<Tensor> spec(Tensor value) {
    return new FakeSpec(owner, value.shape(), value.dataType());
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return owner.onDevice(FakeDevice.inPlace(a).plus(FakeDevice.inPlace(b)));
  }

  @Override
  public Tensor scale(Tensor value, double factor) {
    return owner.onDevice(FakeDevice.inPlace(value).times(factor));
  }

  @Override
  public double inner(Tensor a, Tensor b) {
    return FakeDevice.inPlace(a).dot(FakeDevice.inPlace(b));
  }

  @Override
  public Tensor copy(Tensor value) {
    return owner.onDevice(TensorSpace.HEAP.copy(FakeDevice.inPlace(value)));
  }

  @Override
  public @Nullable CompletionStage<?> arrival(Tensor value) {
    return owner.arrival();
  }

  @Override
  public long bytes(Tensor value) {
    return (long) value.size() * value.dataType().bytes();
  }

  @Override
  public Range range(Tensor value) {
    return TensorSpace.HEAP.range(FakeDevice.inPlace(value));
  }

  @Override
  public @Nullable Tensor transfer(Object value) {
    return value instanceof Tensor tensor ? owner.upload(tensor) : null;
  }

  private record FakeSpec(FakeDevice owner, Shape shape, DataType dataType)
      implements Spec<Tensor> {

    @Override
    public Tensor zero() {
      return owner.onDevice(Tensor.zeros(shape, dataType));
    }

    @Override
    public Tensor one() {
      return owner.onDevice(Tensor.full(shape, 1, dataType));
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
      return "Tensor" + shape + " " + dataType + " on " + FakeDevice.DEVICE;
    }
  }
}
