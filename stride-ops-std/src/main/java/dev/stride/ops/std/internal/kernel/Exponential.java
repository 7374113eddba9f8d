package dev.stride.ops.std.internal.kernel;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.ops.std.internal.kernel.Expression.BitOperation;

/**
 * Exponentials in steps: with the whole number {@code n} nearest to {@code x / ln 2} and {@code r =
 * x - n ln 2}, {@code e^x = 2^n e^r}, where {@code |r| <= ln(2) / 2}.
 *
 * <p>{@code e^r - 1} is {@code r + r^2 P(r)} with a polynomial whose coefficients the script {@code
 * docs/math/exp.py} computes. Powers of two are applied in two factors, so that results overflow to
 * infinity and underflow gradually. {@code VectorMathsTest} holds the errors to bounds.
 */
final class Exponential {

  private static final double[] SINGLE = {
    0.5000000013498178,
    0.16666666681659179,
    0.04166646460202654,
    0.00833331088958207,
    0.0013933685862617313,
    0.0001989103065437652
  };

  private static final double[] EXACT = {
    0.5,
    0.1666666666666667,
    0.041666666666666664,
    0.00833333333332621,
    0.0013888888888887612,
    0.00019841269874651597,
    2.480158731871973e-05,
    2.7557255556238603e-06,
    2.755727880429064e-07,
    2.510516442582336e-08,
    2.0913196663347426e-09
  };

  private final boolean single;

  /** A number so large that its last digit counts ones; halves are rounded to even ones. */
  private final double whole;

  private final int digits;
  private final int bias;

  Exponential(boolean single) {
    this.single = single;
    this.digits = single ? 23 : 52;
    this.bias = single ? 127 : 1023;
    this.whole = 1.5 * Math.pow(2, digits);
  }

  /** {@code x = n ln 2 + r + tail}, where the tail is what rounding {@code r} lost. */
  private record Split(Expression n, Expression r, Expression tail) {}

  /** {@code e^x}. */
  Expression of(Expression x) {
    return scaled(x, 0);
  }

  /** {@code 2^scale e^x}, which may be finite where {@code e^x} is not. */
  Expression scaled(Expression x, int scale) {
    Split split = split(within(x, single ? -110 : -750, single ? 91 : 712));
    Expression n = split.n().plus(scale);
    Expression half = n.times(0.5).plus(whole).minus(whole);
    return lessOne(split.r(), constant(0))
        .plus(1)
        .times(powerOfTwo(half))
        .times(powerOfTwo(n.minus(half)));
  }

  /**
   * {@code e^(x + more)}.
   *
   * @param more small against x; anything where x is too large or too small for a power
   */
  Expression ofSum(Expression x, Expression more) {
    double least = single ? -110 : -750;
    double most = single ? 91 : 712;
    Split split = split(within(x, least, most));
    Expression counted =
        constant(least).ifLess(x, x.ifLess(constant(most), more, constant(0)), constant(0));
    Expression tail = split.tail().plus(counted);
    Expression r = split.r().plus(tail);
    Expression half = split.n().times(0.5).plus(whole).minus(whole);
    return lessOne(r, split.r().minus(r).plus(tail))
        .plus(1)
        .times(powerOfTwo(half))
        .times(powerOfTwo(split.n().minus(half)));
  }

  /** {@code e^x - 1}; its own argument where that is 0. */
  Expression ofLessOne(Expression x) {
    return x.ifEqual(constant(0), x, lessOne(x, 1));
  }

  /**
   * {@code share (e^x - 1)}, which is finite for all hyperbolic functions that are.
   *
   * @param share 1 or 1/2
   */
  Expression lessOne(Expression x, double share) {
    Split split = split(within(x, single ? -20 : -40, single ? 89.5 : 710.5));
    Expression less = lessOne(split.r(), split.tail());
    Expression quarter = powerOfTwo(split.n().minus(2));
    return split
        .n()
        .ifEqual(
            constant(0),
            less.times(share),
            less.fused(quarter, quarter.minus(0.25)).times(4 * share));
  }

  /** {@code e^(r + tail) - 1}. */
  private Expression lessOne(Expression r, Expression tail) {
    Expression series = r.fusedPolynomial(single ? SINGLE : EXACT);
    Expression square = r.times(r);
    return tail.is(0) ? series.fused(square, r) : r.plus(series.fused(square, tail));
  }

  /** Keeps NaN. */
  private static Expression within(Expression x, double low, double high) {
    Expression above = x.ifLess(constant(low), constant(low), x);
    return constant(high).ifLess(above, constant(high), above);
  }

  private Split split(Expression x) {
    Expression n = x.fused(constant(1 / Math.log(2)), constant(whole)).minus(whole);
    Expression low = constant(single ? -0x1.7f7d1cp-20 : -0x1.ef35793c7673p-45);
    Expression most = n.fused(constant(single ? -0x1.62e4p-1 : -0x1.62e42fefa38p-1), x);
    Expression r = n.fused(low, most);
    return new Split(n, r, n.fused(low, most.minus(r)));
  }

  /** {@code 2^n} of a whole number whose power is a normal number. */
  private Expression powerOfTwo(Expression n) {
    return n.plus(whole + bias).bits(BitOperation.SHIFT_LEFT, digits);
  }
}
