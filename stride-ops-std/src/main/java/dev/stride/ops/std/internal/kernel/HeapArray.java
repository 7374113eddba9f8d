package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.HeapStorage.Doubles;
import dev.stride.api.spi.HeapStorage.Floats;
import java.util.Arrays;

/** Arrays of either type behind one face, for code that moves elements without looking at them. */
public final class HeapArray {

  private HeapArray() {}

  /** The elements of a tensor: {@code float[]} or {@code double[]}, not to be modified. */
  public static Object of(Tensor tensor) {
    return switch (tensor.storage().toHeap()) {
      case Floats(float[] array) -> array;
      case Doubles(double[] array) -> array;
    };
  }

  /** The elements of a float32 tensor, not to be modified. */
  public static float[] floats(Tensor tensor) {
    return (float[]) of(tensor);
  }

  /** The elements of a float64 tensor, not to be modified. */
  public static double[] doubles(Tensor tensor) {
    return (double[]) of(tensor);
  }

  /** A new array of zeros. */
  public static Object zeros(DataType type, int length) {
    return type == DataType.FLOAT32 ? new float[length] : new double[length];
  }

  /** A new array of equal numbers, rounded to the type. */
  public static Object filled(DataType type, int length, double value) {
    Object array = zeros(type, length);
    if (array instanceof float[] floats) {
      Arrays.fill(floats, (float) value);
    } else {
      Arrays.fill((double[]) array, value);
    }
    return array;
  }

  /** One element, for code that looks at few of them. */
  public static double get(Object array, int index) {
    return array instanceof float[] floats ? floats[index] : ((double[]) array)[index];
  }

  /** Sets one element, rounded to the type of the array. */
  public static void set(Object array, int index, double value) {
    if (array instanceof float[] floats) {
      floats[index] = (float) value;
    } else {
      ((double[]) array)[index] = value;
    }
  }

  /** Sets elements to zero, from one index, inclusive, to another, exclusive. */
  public static void clear(Object array, int from, int to) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, from, to, 0);
    } else {
      Arrays.fill((double[]) array, from, to, 0);
    }
  }

  /** A tensor that takes the array over. */
  public static Tensor adopt(Shape shape, Object array) {
    return array instanceof float[] floats
        ? Tensor.adopt(shape, floats)
        : Tensor.adopt(shape, (double[]) array);
  }
}
