package dev.stride.ops.std.internal.wave;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * What differs between {@code float[]} and {@code double[]} outside the kernels.
 *
 * @param <A> the array type
 */
public sealed interface Precision<A> {

  /** float32. */
  Precision<float[]> SINGLE = new Single();

  /** float64. */
  Precision<double[]> DOUBLE = new Twofold();

  /** Bytes an element takes. */
  int bytes();

  /** Zeros. */
  A allocate(int length);

  /** The kernels of this type. */
  RowKernels<A> kernels(KernelProvider provider);

  /** An element, widened. */
  double get(A array, int index);

  /** Sets an element, rounded. */
  void set(A array, int index, double value);

  /** Adds to an element: computed in double, rounded once. */
  default void add(A array, int index, double value) {
    set(array, index, get(array, index) + value);
  }

  /** Adds {@code count} elements and sets them to zero where they came from. */
  void drain(A from, A to, int start, int count);

  /** Number of elements. */
  int length(A array);

  /** An array of these numbers, rounded. */
  default A array(double[] values) {
    A array = allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      set(array, i, values[i]);
    }
    return array;
  }

  /** A tensor that owns the array. */
  Tensor tensor(Shape shape, A array);

  /** {@code float[]}. */
  final class Single implements Precision<float[]> {

    private Single() {}

    @Override
    public int bytes() {
      return Float.BYTES;
    }

    @Override
    public float[] allocate(int length) {
      return new float[length];
    }

    @Override
    public RowKernels<float[]> kernels(KernelProvider provider) {
      return provider.floats();
    }

    @Override
    public double get(float[] array, int index) {
      return array[index];
    }

    @Override
    public void set(float[] array, int index, double value) {
      array[index] = (float) value;
    }

    @Override
    public void drain(float[] from, float[] to, int start, int count) {
      for (int i = start; i < start + count; i++) {
        to[i] += from[i];
        from[i] = 0;
      }
    }

    @Override
    public int length(float[] array) {
      return array.length;
    }

    @Override
    public Tensor tensor(Shape shape, float[] array) {
      return Tensor.adopt(shape, array);
    }
  }

  /** {@code double[]}. */
  final class Twofold implements Precision<double[]> {

    private Twofold() {}

    @Override
    public int bytes() {
      return Double.BYTES;
    }

    @Override
    public double[] allocate(int length) {
      return new double[length];
    }

    @Override
    public RowKernels<double[]> kernels(KernelProvider provider) {
      return provider.doubles();
    }

    @Override
    public double get(double[] array, int index) {
      return array[index];
    }

    @Override
    public void set(double[] array, int index, double value) {
      array[index] = value;
    }

    @Override
    public void drain(double[] from, double[] to, int start, int count) {
      for (int i = start; i < start + count; i++) {
        to[i] += from[i];
        from[i] = 0;
      }
    }

    @Override
    public int length(double[] array) {
      return array.length;
    }

    @Override
    public Tensor tensor(Shape shape, double[] array) {
      return Tensor.adopt(shape, array);
    }
  }
}
