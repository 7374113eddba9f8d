package dev.stride.api.spi;

import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.internal.Repetition;
import dev.stride.api.spi.HeapStorage.Doubles;
import dev.stride.api.spi.HeapStorage.Floats;
import org.jspecify.annotations.Nullable;

/** {@link Tensor} on the heap as a vector space; one shape and type is one space. */
public final class TensorSpace implements VectorSpace<Tensor> {

  /** The only instance that is needed. */
  public static final TensorSpace HEAP = new TensorSpace();

  /** Share of the preconditioner's largest element that is added before dividing by it. */
  private static final double STABILISER = 1e-2;

  private TensorSpace() {}

  @Override
  public Class<Tensor> type() {
    return Tensor.class;
  }

  @Override
  public boolean knows(Tensor value) {
    return value.device().equals(Device.CPU);
  }

  @Override
  public Spec<Tensor> spec(Tensor value) {
    return new TensorSpec(value.shape(), value.dataType());
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return a.plus(b);
  }

  @Override
  public Tensor scale(Tensor value, double factor) {
    return value.times(factor);
  }

  @Override
  public double inner(Tensor a, Tensor b) {
    return a.dot(b);
  }

  @Override
  public Tensor copy(Tensor value) {
    return value.dataType() == DataType.FLOAT32
        ? Tensor.adopt(value.shape(), value.toFloatArray())
        : Tensor.adopt(value.shape(), value.toDoubleArray());
  }

  /** What the elements take when they are written out, also where they are not. */
  @Override
  public long bytes(Tensor value) {
    return (long) value.size() * value.dataType().bytes();
  }

  @Override
  public Range range(Tensor value) {
    TensorStorage elements = value.unrepeated().storage();
    RangeFinder range = new RangeFinder();
    for (int i = 0; i < elements.size(); i++) {
      range.add(elements.get(i));
    }
    return range.times(elements.size() == 0 ? 1 : value.size() / elements.size());
  }

  @Override
  public Accumulator<Tensor> accumulator(Spec<Tensor> spec) {
    return new InPlace();
  }

  /**
   * {@code gradient / (preconditioner + 0.01 max(preconditioner))}, element by element; the
   * gradient itself where the preconditioner is nowhere positive.
   */
  @Override
  public Tensor precondition(Tensor gradient, Tensor preconditioner) {
    double max = preconditioner.max();
    return max > 0 ? gradient.zip(preconditioner, (g, p) -> g / (p + STABILISER * max)) : gradient;
  }

  @Override
  public @Nullable Tensor transfer(Object value) {
    return value instanceof Tensor tensor ? tensor.toHeap() : null;
  }

  private record TensorSpec(Shape shape, DataType dataType) implements Spec<Tensor> {
    @Override
    public Tensor zero() {
      return Tensor.zeros(shape, dataType);
    }

    @Override
    public Tensor one() {
      return Tensor.full(shape, 1, dataType);
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
      return "Tensor" + shape + " " + dataType;
    }
  }

  /** Keeps the first term as it is; from the second on sums in an array that nobody has seen. */
  private static final class InPlace implements Accumulator<Tensor> {

    private @Nullable Tensor sum;
    private boolean owned;

    @Override
    public void add(Tensor value) {
      if (sum == null) {
        sum = value;
      } else if (!owned) {
        sum = sum.plus(value);
        owned = sum.unrepeated() == sum;
      } else {
        addInPlace(sum, value);
      }
    }

    private static void addInPlace(Tensor sum, Tensor value) {
      Tensor few = value.unrepeated();
      if (few != value) {
        Repetition.of(few.shape(), value.shape()).add(array(few), array(sum));
      } else {
        addAll(sum, value);
      }
    }

    private static Object array(Tensor tensor) {
      return switch (tensor.storage().toHeap()) {
        case Floats(float[] array) -> array;
        case Doubles(double[] array) -> array;
      };
    }

    private static void addAll(Tensor sum, Tensor value) {
      switch (sum.storage().toHeap()) {
        case Floats(float[] total) -> {
          float[] term = ((Floats) value.storage().toHeap()).array();
          for (int i = 0; i < total.length; i++) {
            total[i] += term[i];
          }
        }
        case Doubles(double[] total) -> {
          double[] term = ((Doubles) value.storage().toHeap()).array();
          for (int i = 0; i < total.length; i++) {
            total[i] += term[i];
          }
        }
      }
    }

    @Override
    public @Nullable Tensor sum() {
      return sum;
    }
  }
}
