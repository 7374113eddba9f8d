package dev.stride.ops.std.internal.kernel;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

/**
 * {@code sqrt(a^2 + b^2)} in steps: numbers whose squares would overflow or underflow are scaled by
 * a power of two first. Infinite where one of them is, even if the other is NaN.
 */
final class Hypotenuse {

  private Hypotenuse() {}

  static Expression of(Expression a, Expression b, boolean single) {
    Expression first = UnaryFunction.ABS.of(a);
    Expression second = UnaryFunction.ABS.of(b);
    Expression largest = first.ifLess(second, second, first);
    Expression scale =
        constant(single ? 0x1p60 : 0x1p500)
            .ifLess(
                largest,
                constant(single ? 0x1p-70 : 0x1p-600),
                largest.ifLess(
                    constant(single ? 0x1p-50 : 0x1p-450),
                    constant(single ? 0x1p100 : 0x1p700),
                    constant(1)));
    Expression x = first.times(scale);
    Expression y = second.times(scale);
    Expression length = UnaryFunction.SQRT.of(x.fused(x, y.times(y))).over(scale);
    Expression infinity = constant(Double.POSITIVE_INFINITY);
    return first.ifEqual(infinity, infinity, second.ifEqual(infinity, infinity, length));
  }
}
