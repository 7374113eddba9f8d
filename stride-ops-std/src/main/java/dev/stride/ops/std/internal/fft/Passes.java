package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.VectorUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntToLongFunction;

/** The passes for elements of one type, each made at its first use. Thread-safe. */
final class Passes {

  /** Operations of a pass for each number of a transform, about. */
  private static final int STEPS = 12;

  private final DataType type;
  private final boolean vector;
  private final int lanes;
  private final ConcurrentMap<Key, Pass> made = new ConcurrentHashMap<>();

  private record Key(int radix, Factors factors) {}

  /** Vector code where there is any. */
  Passes(DataType type) {
    this(type, VectorUnit.lanes(type));
  }

  /**
   * Passes.
   *
   * @param lanes elements of a vector; 0: plain code
   */
  Passes(DataType type, int lanes) {
    this.type = type;
    this.vector = lanes > 0;
    this.lanes = Math.max(1, lanes);
  }

  /** The type of the elements. */
  DataType type() {
    return type;
  }

  /** What widths must be multiples of. */
  int lanes() {
    return lanes;
  }

  /** The least multiple of the lanes that is not below a width. */
  int padded(int width) {
    return (width + lanes - 1) / lanes * lanes;
  }

  /** The pass of a radix. */
  Pass of(int radix, Factors factors) {
    return made.computeIfAbsent(new Key(radix, factors), this::make);
  }

  private Pass make(Key key) {
    Pass plain = PassCompiler.pass(type, false, key.radix(), key.factors());
    return vector
        ? new WarmingPass(
            plain,
            PassCompiler.pass(type, true, key.radix(), key.factors()),
            lanes,
            key.factors() == Factors.OF_ELEMENTS,
            (double) STEPS * key.radix() / lanes)
        : plain;
  }

  /** The roots of unity {@code exp(-2 pi i index(k) / n)} for {@code k < count}. */
  Rows roots(int count, long n, IntToLongFunction index) {
    Rows table = Rows.zeros(type, 1, count);
    for (int k = 0; k < count; k++) {
      long angle = index.applyAsLong(k) % n;
      set(table.re(), k, UnitRoots.cos(angle, n));
      set(table.im(), k, -UnitRoots.sin(angle, n));
    }
    return table;
  }

  /** These numbers in split arrays of the type. */
  Rows table(double[] re, double[] im) {
    Rows table = Rows.zeros(type, 1, re.length);
    for (int k = 0; k < re.length; k++) {
      set(table.re(), k, re[k]);
      set(table.im(), k, im[k]);
    }
    return table;
  }

  private static void set(Object array, int k, double value) {
    if (array instanceof float[] floats) {
      floats[k] = (float) value;
    } else {
      ((double[]) array)[k] = value;
    }
  }
}
