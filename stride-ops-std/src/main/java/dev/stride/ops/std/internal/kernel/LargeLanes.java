package dev.stride.ops.std.internal.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * {@link LargeArguments} among the lanes of a vector. Called by generated loops of vector code;
 * loaded only where the module is there.
 */
final class LargeLanes {

  private LargeLanes() {}

  /** Replaces the lanes of {@code steps} that belong to large arguments. */
  static FloatVector replace(
      FloatVector steps, FloatVector x, float limit, UnaryFunction function) {
    float[] values = steps.toArray();
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(x.lane(i)) > limit) {
        values[i] = (float) LargeArguments.value(function, x.lane(i));
      }
    }
    return FloatVector.fromArray(steps.species(), values, 0);
  }

  /** Replaces the lanes of {@code steps} that belong to large arguments. */
  static DoubleVector replace(
      DoubleVector steps, DoubleVector x, double limit, UnaryFunction function) {
    double[] values = steps.toArray();
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(x.lane(i)) > limit) {
        values[i] = LargeArguments.value(function, x.lane(i));
      }
    }
    return DoubleVector.fromArray(steps.species(), values, 0);
  }
}
