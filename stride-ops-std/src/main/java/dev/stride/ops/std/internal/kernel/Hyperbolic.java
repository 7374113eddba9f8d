package dev.stride.ops.std.internal.kernel;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

/** Hyperbolic functions in steps, made of exponentials of {@code |x|}. */
final class Hyperbolic {

  private final boolean single;
  private final Exponential exponential;

  Hyperbolic(boolean single) {
    this.single = single;
    this.exponential = new Exponential(single);
  }

  /** With {@code h = (e^|x| - 1) / 2} the size is {@code h + h / (2h + 1)}. */
  Expression sine(Expression x) {
    Expression h = exponential.lessOne(UnaryFunction.ABS.of(x), 0.5);
    Expression size = h.plus(h.over(h.plus(h).plus(1)));
    size = constant(0x1p60).ifLess(h, h, size);
    return Signs.of(x, single).times(size);
  }

  /** With {@code h = e^|x| / 2} it is {@code h + 1 / (4h)}. */
  Expression cosine(Expression x) {
    Expression h = exponential.scaled(UnaryFunction.ABS.of(x), -1);
    return h.plus(constant(0.25).over(h));
  }

  /**
   * With {@code t = e^(-2|x|) - 1} the size is {@code |t| / (t + 2)}: the quotient is corrected by
   * what is left of {@code |t|}, and by what rounding {@code t + 2} lost.
   */
  Expression tangent(Expression x) {
    Expression t = exponential.lessOne(UnaryFunction.ABS.of(x).times(-2), 1);
    Expression size = UnaryFunction.ABS.of(t);
    Expression below = t.plus(2);
    Expression lost = t.minus(below.minus(2));
    Expression inverse = constant(1).over(below);
    Expression quotient = size.times(inverse);
    Expression left = quotient.negated().fused(below, size).minus(quotient.times(lost));
    return Signs.of(x, single).times(left.fused(inverse, quotient));
  }
}
