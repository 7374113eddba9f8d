package dev.stride.ops.std.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Extremes} of two vectors a turn. Loaded only where the vector module is there. */
final class VectorExtremes {

  /** Numbers of a vector. */
  static final int WIDTH = 8;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;

  private VectorExtremes() {}

  /** Looks at a multiple of {@link Extremes#TURN} numbers from {@code from} on. */
  static void add(float[] x, int from, int count, Extremes extremes) {
    IntVector least0 = IntVector.broadcast(INTS, Integer.MAX_VALUE);
    IntVector least1 = least0;
    IntVector most0 = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    IntVector most1 = most0;
    for (int i = from; i < from + count; i += Extremes.TURN) {
      IntVector a = keys(x, i);
      IntVector b = keys(x, i + WIDTH);
      least0 = least0.min(a);
      least1 = least1.min(b);
      most0 = most0.max(a);
      most1 = most1.max(b);
    }
    extremes.add(
        least0.min(least1).reduceLanes(VectorOperators.MIN),
        most0.max(most1).reduceLanes(VectorOperators.MAX));
  }

  private static IntVector keys(float[] x, int at) {
    IntVector bits = FloatVector.fromArray(FLOATS, x, at).reinterpretAsInts();
    IntVector sign = bits.lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.LSHR, 1);
    return bits.lanewise(VectorOperators.XOR, sign);
  }
}
