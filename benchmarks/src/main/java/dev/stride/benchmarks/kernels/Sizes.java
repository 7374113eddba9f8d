package dev.stride.benchmarks.kernels;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.function.DoubleUnaryOperator;

/**
 * Sizes that cases over whole arrays have: in the first-level cache, in the last one, in memory.
 *
 * @param name as in {@code 4MiB}
 * @param bytes of one array
 */
record Sizes(String name, int bytes) {

  static final Sizes SMALL = new Sizes("32KiB", 32 << 10);
  static final Sizes MEDIUM = new Sizes("4MiB", 4 << 20);
  static final Sizes LARGE = new Sizes("256MiB", 256 << 20);

  /** Elements of an array; a few fewer, so that arrays do not lie a power of two apart. */
  int elements(DataType type) {
    return bytes / type.bytes() - 24;
  }

  /** Random numbers; large arrays repeat themselves. */
  Tensor tensor(DataType type, long seed, DoubleUnaryOperator domain) {
    int count = elements(type);
    Tensor few = Tensor.random(Shape.of(Math.min(count, 1 << 16)), type, seed).map(domain);
    if (type == DataType.FLOAT32) {
      float[] all = new float[count];
      repeat(few.toFloatArray(), all, few.size(), count);
      return Tensor.adopt(Shape.of(count), all);
    }
    double[] all = new double[count];
    repeat(few.toDoubleArray(), all, few.size(), count);
    return Tensor.adopt(Shape.of(count), all);
  }

  private static void repeat(Object few, Object all, int length, int count) {
    for (int at = 0; at < count; at += length) {
      System.arraycopy(few, 0, all, at, Math.min(length, count - at));
    }
  }
}
