package dev.stride.api;

import dev.stride.api.internal.Repetition;
import dev.stride.api.spi.HeapStorage;
import dev.stride.api.spi.HeapStorage.Doubles;
import dev.stride.api.spi.HeapStorage.Floats;
import dev.stride.api.spi.TensorStorage;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of numbers with a {@link Shape}, a {@link DataType} and a {@link Device}.
 *
 * <p>Row-major, the last axis fastest. Values never change, so tensors can be shared by any number
 * of threads. The arithmetic here serves the authors of operators: it works on the heap, element by
 * element, between equal shapes and types or with a plain number, and rounds once per operation in
 * the tensor's type. Sums are compensated. Differentiable arithmetic is on {@link Variable}.
 *
 * <p>A method that computes throws {@link IllegalStateException} for a tensor of another device;
 * {@link #toHeap()} brings it here. One that takes two tensors throws {@link
 * IllegalArgumentException} if their shapes or types differ, and says both.
 */
public final class Tensor {

  private static final int PRINTED = 16;

  private final Shape shape;
  private final TensorStorage storage;
  private final @Nullable Tensor few;

  private Tensor(Shape shape, TensorStorage storage) {
    this(shape, storage, null);
  }

  /**
   * A tensor.
   *
   * @param few what it repeats, if the storage is a {@link RepeatedStorage}
   */
  private Tensor(Shape shape, TensorStorage storage, @Nullable Tensor few) {
    if (shape.size() != storage.size()) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " has "
              + shape.size()
              + " elements but "
              + storage.size()
              + " were given. Give as many elements as the shape has.");
    }
    this.shape = shape;
    this.storage = storage;
    this.few = few;
  }

  /** A float32 vector of these numbers: shape {@code [n]}. */
  public static Tensor of(int... values) {
    float[] array = new float[values.length];
    for (int i = 0; i < array.length; i++) {
      array[i] = values[i];
    }
    return adopt(Shape.of(array.length), array);
  }

  /** A float32 vector: shape {@code [n]}. Not modified, copied. */
  public static Tensor of(float... values) {
    return adopt(Shape.of(values.length), values.clone());
  }

  /** A float64 vector: shape {@code [n]}. Not modified, copied. */
  public static Tensor of(double... values) {
    return adopt(Shape.of(values.length), values.clone());
  }

  /** A float32 tensor from row-major values. Not modified, copied. */
  public static Tensor of(Shape shape, float... values) {
    return adopt(shape, values.clone());
  }

  /** A float64 tensor from row-major values. Not modified, copied. */
  public static Tensor of(Shape shape, double... values) {
    return adopt(shape, values.clone());
  }

  /** A tensor over elements that a device's pack holds; the storage must not change any more. */
  public static Tensor of(Shape shape, TensorStorage storage) {
    return new Tensor(Objects.requireNonNull(shape, "shape"), storage);
  }

  /** A tensor that takes the array over without copying; the caller must not modify it any more. */
  public static Tensor adopt(Shape shape, float[] array) {
    return new Tensor(shape, new Floats(array));
  }

  /** A tensor that takes the array over without copying; the caller must not modify it any more. */
  public static Tensor adopt(Shape shape, double[] array) {
    return new Tensor(shape, new Doubles(array));
  }

  /** A float64 scalar. */
  public static Tensor scalar(double value) {
    return adopt(Shape.SCALAR, new double[] {value});
  }

  /** A float32 scalar. */
  public static Tensor scalar(float value) {
    return adopt(Shape.SCALAR, new float[] {value});
  }

  /** A scalar of the given type, rounded to it. */
  public static Tensor scalar(double value, DataType type) {
    return full(Shape.SCALAR, value, type);
  }

  /** All zeros. */
  public static Tensor zeros(Shape shape, DataType type) {
    return type == DataType.FLOAT32
        ? adopt(shape, new float[shape.size()])
        : adopt(shape, new double[shape.size()]);
  }

  /** All elements equal to {@code value}, rounded to the type. */
  public static Tensor full(Shape shape, double value, DataType type) {
    return zeros(shape, type).map(v -> value);
  }

  /** Standard normal float64 numbers from a fixed seed: the same on every call. */
  public static Tensor random(int... extents) {
    return random(Shape.of(extents), DataType.FLOAT64, 20);
  }

  /** Standard normal numbers from a seed; equal seeds give equal tensors on every machine. */
  public static Tensor random(Shape shape, DataType type, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return adopt(shape, values).cast(type);
  }

  /** Extents, row-major. */
  public Shape shape() {
    return shape;
  }

  /** Number of elements. */
  public int size() {
    return shape.size();
  }

  /** Type of the elements. */
  public DataType dataType() {
    return storage.dataType();
  }

  /** Where the elements are. */
  public Device device() {
    return storage.device();
  }

  /**
   * The elements as the device holds them; for packs, see {@link HeapStorage} for the rules. Those
   * of a tensor made by {@link #broadcastTo} are written out at the first call.
   */
  public TensorStorage storage() {
    return few == null ? storage : storage.toHeap();
  }

  /** This tensor on the heap; itself if it is there. Blocks while a device copies. */
  public Tensor toHeap() {
    if (few != null) {
      return this;
    }
    TensorStorage heap = storage.toHeap();
    return heap == storage ? this : new Tensor(shape, heap);
  }

  /** The element at a position, one index per axis. */
  public double get(int... position) {
    if (position.length != shape.rank()) {
      throw new IllegalArgumentException(
          position.length + " indices given for shape " + shape + "; give one per axis");
    }
    int flat = 0;
    for (int axis = 0; axis < position.length; axis++) {
      flat = flat * shape.extent(axis) + Objects.checkIndex(position[axis], shape.extent(axis));
    }
    return storage.get(flat);
  }

  /** The element at a row-major position. */
  public double at(int flat) {
    return storage.get(Objects.checkIndex(flat, size()));
  }

  /**
   * The only element.
   *
   * @throws IllegalStateException if there is not exactly one element
   */
  public double item() {
    if (size() != 1) {
      throw new IllegalStateException(
          "item() of a tensor of shape " + shape + "; only a tensor of one element has an item");
    }
    return storage.get(0);
  }

  /** A copy of the elements, rounded to float32 if need be. */
  public float[] toFloatArray() {
    if (storage instanceof RepeatedStorage repeated && few != null) {
      return repeated.spread(few.toFloatArray());
    }
    return switch (storage.toHeap()) {
      case Floats floats -> floats.array().clone();
      case Doubles doubles -> narrowed(doubles.array());
    };
  }

  /** A copy of the elements as doubles. */
  public double[] toDoubleArray() {
    if (storage instanceof RepeatedStorage repeated && few != null) {
      return repeated.spread(few.toDoubleArray());
    }
    return switch (storage.toHeap()) {
      case Floats floats -> widened(floats.array());
      case Doubles doubles -> doubles.array().clone();
    };
  }

  /** The same elements in another type; itself if it has that type. */
  public Tensor cast(DataType type) {
    if (type == dataType()) {
      return this;
    }
    if (few != null) {
      return few.cast(type).broadcastTo(shape);
    }
    return type == DataType.FLOAT32 ? adopt(shape, toFloatArray()) : adopt(shape, toDoubleArray());
  }

  /** The same elements under another shape; shares them. */
  public Tensor reshape(Shape other) {
    if (storage instanceof RepeatedStorage repeated && other.size() == size()) {
      Shape fewer = repeated.repetition().few(other);
      return fewer == null
          ? new Tensor(other, repeated.toHeap())
          : new Tensor(other, repeated, new Tensor(fewer, repeated.few()));
    }
    return new Tensor(other, storage());
  }

  /**
   * This tensor repeated to a larger shape, by the rule of NumPy: axes are aligned at the last one,
   * and an axis of extent 1, or one that is missing, is repeated.
   *
   * <p>Takes no time and no room: elements are written out when somebody asks for {@link
   * #storage()}, by the thread that asks first, and kept from then on. Code that reads many
   * elements can avoid that with {@link #unrepeated()}.
   *
   * @throws IllegalArgumentException if this tensor cannot be repeated to that shape
   */
  public Tensor broadcastTo(Shape other) {
    Tensor from = unrepeated();
    if (!Repetition.fits(from.shape, other)) {
      throw new IllegalArgumentException(
          "a tensor of shape "
              + from.shape
              + " cannot be repeated to shape "
              + other
              + "; aligned at the last axis, its extents must be 1 or equal. Reshape it first.");
    }
    if (other.size() == from.size()) {
      return from.reshape(other);
    }
    HeapStorage elements = from.heap();
    if (other.size() == 0) {
      return zeros(other, dataType());
    }
    Repetition repetition = Repetition.of(from.shape, other);
    return new Tensor(other, new RepeatedStorage(elements, repetition), from);
  }

  /**
   * The elements of a tensor made by {@link #broadcastTo} without what is repeated: a tensor of
   * fewer elements that gives this one if it is broadcast to this shape. Of any other tensor,
   * itself. What an element-wise function makes of the few is what it makes of all.
   */
  public Tensor unrepeated() {
    return few == null ? this : few;
  }

  /** The function of every element, computed in double and rounded to the tensor's type. */
  public Tensor map(DoubleUnaryOperator function) {
    return switch (heap()) {
      case Floats(float[] in) -> {
        float[] out = new float[in.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = (float) function.applyAsDouble(in[i]);
        }
        yield adopt(shape, out);
      }
      case Doubles(double[] in) -> {
        double[] out = new double[in.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = function.applyAsDouble(in[i]);
        }
        yield adopt(shape, out);
      }
    };
  }

  /** As {@link #map}, of a function whose results depend on nothing but the element. */
  private Tensor each(DoubleUnaryOperator function) {
    return few == null ? map(function) : few.map(function).broadcastTo(shape);
  }

  /** The function of each pair of elements; shapes and types must be equal. */
  public Tensor zip(Tensor other, DoubleBinaryOperator function) {
    checkSame(other);
    return switch (heap()) {
      case Floats(float[] a) -> {
        float[] b = ((Floats) other.heap()).array();
        float[] out = new float[a.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = (float) function.applyAsDouble(a[i], b[i]);
        }
        yield adopt(shape, out);
      }
      case Doubles(double[] a) -> {
        double[] b = ((Doubles) other.heap()).array();
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = function.applyAsDouble(a[i], b[i]);
        }
        yield adopt(shape, out);
      }
    };
  }

  /** Element-wise sum. */
  public Tensor plus(Tensor other) {
    checkSame(other);
    if (few != null || other.few != null) {
      return plusRepeated(other);
    }
    return switch (heap()) {
      case Floats(float[] a) -> {
        float[] b = ((Floats) other.heap()).array();
        float[] out = new float[a.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i] + b[i];
        }
        yield adopt(shape, out);
      }
      case Doubles(double[] a) -> {
        double[] b = ((Doubles) other.heap()).array();
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i] + b[i];
        }
        yield adopt(shape, out);
      }
    };
  }

  /** The sum of two tensors of which at least one is repeated. */
  private Tensor plusRepeated(Tensor other) {
    if (few != null && other.few != null && few.shape.equals(other.few.shape)) {
      return few.plus(other.few).broadcastTo(shape);
    }
    return other.few == null ? other.plusFew(unrepeated()) : plusFew(other.few);
  }

  private Tensor plusFew(Tensor term) {
    Repetition repetition = Repetition.of(term.shape, shape);
    return switch (term.heap()) {
      case Floats(float[] terms) -> {
        float[] sum = toFloatArray();
        repetition.add(terms, sum);
        yield adopt(shape, sum);
      }
      case Doubles(double[] terms) -> {
        double[] sum = toDoubleArray();
        repetition.add(terms, sum);
        yield adopt(shape, sum);
      }
    };
  }

  /** Element-wise difference. */
  public Tensor minus(Tensor other) {
    return zip(other, (a, b) -> a - b);
  }

  /** Element-wise product. */
  public Tensor times(Tensor other) {
    return zip(other, (a, b) -> a * b);
  }

  /** Element-wise quotient. */
  public Tensor div(Tensor other) {
    return zip(other, (a, b) -> a / b);
  }

  /** Every element plus a number. */
  public Tensor plus(double number) {
    return each(v -> v + number);
  }

  /** Every element minus a number. */
  public Tensor minus(double number) {
    return each(v -> v - number);
  }

  /** Every element times a number. */
  public Tensor times(double number) {
    return each(v -> v * number);
  }

  /** Every element divided by a number. */
  public Tensor div(double number) {
    return each(v -> v / number);
  }

  /** Every element with its sign changed. */
  public Tensor unaryMinus() {
    return each(v -> -v);
  }

  /** Sum of all elements, compensated, in a fixed order. */
  public double sum() {
    TensorStorage values = heap();
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < values.size(); i++) {
      sum.add(values.get(i));
    }
    return sum.value();
  }

  /** Inner product with a tensor of the same shape and type, compensated, in a fixed order. */
  public double dot(Tensor other) {
    checkSame(other);
    TensorStorage a = heap();
    TensorStorage b = other.heap();
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < a.size(); i++) {
      sum.add(a.get(i) * b.get(i));
    }
    return sum.value();
  }

  /** Euclidean norm. */
  public double norm() {
    return Math.sqrt(dot(this));
  }

  /** Smallest element; NaN if any element is, positive infinity if there is none. */
  public double min() {
    TensorStorage values = unrepeated().heap();
    double min = Double.POSITIVE_INFINITY;
    for (int i = 0; i < values.size(); i++) {
      min = Math.min(min, values.get(i));
    }
    return min;
  }

  /** Largest element; NaN if any element is, negative infinity if there is none. */
  public double max() {
    TensorStorage values = unrepeated().heap();
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.size(); i++) {
      max = Math.max(max, values.get(i));
    }
    return max;
  }

  /** Whether shape, type, and every element are equal; NaN equals NaN, 0.0 differs from -0.0. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Tensor that)
        || !shape.equals(that.shape)
        || dataType() != that.dataType()) {
      return false;
    }
    TensorStorage a = storage.toHeap();
    TensorStorage b = that.storage.toHeap();
    for (int i = 0; i < a.size(); i++) {
      if (Double.compare(a.get(i), b.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    TensorStorage values = storage.toHeap();
    int hash = 31 * shape.hashCode() + dataType().hashCode();
    for (int i = 0; i < values.size(); i++) {
      hash = 31 * hash + Double.hashCode(values.get(i));
    }
    return hash;
  }

  /** Shape, type, device and the first elements. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Tensor").append(shape).append(' ').append(dataType());
    if (!device().equals(Device.CPU)) {
      return text.append(" on ").append(device()).toString();
    }
    text.append(" {");
    for (int i = 0; i < Math.min(PRINTED, size()); i++) {
      text.append(i == 0 ? "" : ", ");
      text.append(dataType() == DataType.FLOAT32 ? "" + (float) at(i) : "" + at(i));
    }
    return text.append(size() > PRINTED ? ", ...}" : "}").toString();
  }

  private HeapStorage heap() {
    if (storage() instanceof HeapStorage heap) {
      return heap;
    }
    throw new IllegalStateException(
        "arithmetic on a tensor of shape "
            + shape
            + " that is on device "
            + device()
            + "; bring it to the heap with toHeap() or use an operator of that device");
  }

  private void checkSame(Tensor other) {
    if (!shape.equals(other.shape) || dataType() != other.dataType()) {
      throw new IllegalArgumentException(
          "tensors differ: "
              + shape
              + " "
              + dataType()
              + " and "
              + other.shape
              + " "
              + other.dataType()
              + ". Element-wise arithmetic needs equal shapes and types; reshape or cast one.");
    }
  }

  private static float[] narrowed(double[] in) {
    float[] out = new float[in.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) in[i];
    }
    return out;
  }

  private static double[] widened(float[] in) {
    double[] out = new double[in.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = in[i];
    }
    return out;
  }
}
