package dev.stride.testkit.internal.check;

import dev.stride.testkit.internal.numeric.Vec;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * How large what a linear map gives is, for how large what goes in is.
 *
 * <p>One image can be small by cancellation, such as a sum of products none of which is small. Its
 * rounding is large beside it then, so the image is no measure of what rounding may do.
 */
final class Gain {

  private static final int DIRECTIONS = 8;

  private Gain() {}

  /** The largest ratio that a few directions show. */
  static double of(
      UnaryOperator<Vec> map, Supplier<Vec> directions, ToDoubleFunction<Vec> sizeOfImage) {
    double largest = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
      Vec direction = directions.get();
      double ratio = sizeOfImage.applyAsDouble(map.apply(direction)) / direction.norm();
      largest = Math.max(largest, ratio);
    }
    return largest;
  }
}
