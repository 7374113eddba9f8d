package dev.stride.ops.std.internal.kernel;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

import java.util.stream.IntStream;

/**
 * Powers in steps: {@code |a|^b = e^(b ln |a|)} with the logarithm and its product in two parts,
 * since exponentials make errors of their argument as many times as large as that is.
 *
 * <p>{@code ln m = 2 s + s^3 (2/3 + 2/5 s^2 + 2/7 s^4 + ...)} with {@code s = (m - 1) / (m + 1)},
 * whose series is cut where the rest is lost in rounding. Zeros, infinities, NaN and negative bases
 * are as in {@link Math#pow}. {@code VectorMathsTest} holds the errors to bounds.
 */
final class Power {

  private static final Expression ZERO = constant(0);
  private static final Expression ONE = constant(1);
  private static final Expression INFINITY = constant(Double.POSITIVE_INFINITY);

  /** Coefficients of the series behind 2/3. */
  private static final int SINGLE = 5;

  private static final int EXACT = 11;

  private final boolean single;

  Power(boolean single) {
    this.single = single;
  }

  /** An unevaluated sum, the second part small against the first. */
  private record Pair(Expression high, Expression low) {

    /** A sum of two numbers of which the first is larger, or 0. */
    static Pair sum(Expression a, Expression b) {
      Expression high = a.plus(b);
      return new Pair(high, a.minus(high).plus(b));
    }

    static Pair product(Expression a, Expression b) {
      Expression high = a.times(b);
      return new Pair(high, a.fused(b, high.negated()));
    }

    Pair times(Pair other) {
      Pair product = product(high, other.high);
      return product.plus(high.fused(other.low, low.times(other.high)));
    }

    /** Adds to the second part. */
    Pair plus(Expression small) {
      return new Pair(high, low.plus(small));
    }
  }

  /** {@code a^b}. */
  Expression of(Expression a, Expression b) {
    Expression size = UnaryFunction.ABS.of(a);
    Pair logarithm = logarithm(size);
    Expression high =
        size.ifEqual(
            ZERO,
            constant(Double.NEGATIVE_INFINITY),
            size.ifLess(INFINITY, logarithm.high(), size));
    Pair exponent = Pair.product(b, high);
    Expression low = b.fused(logarithm.low(), exponent.low());
    Expression power = new Exponential(single).ofSum(exponent.high(), low);
    return b.ifEqual(ZERO, ONE, signed(a, b, power));
  }

  private Expression signed(Expression a, Expression b, Expression power) {
    Expression size = UnaryFunction.ABS.of(b);
    Expression half = size.times(0.5);
    Expression turned = power.times(Signs.of(a, single));
    Expression whole = rounded(half).ifEqual(half, power, turned);
    Expression broken =
        a.ifLess(
            ZERO, constant(Double.NEGATIVE_INFINITY).ifLess(a, constant(Double.NaN), power), power);
    return rounded(size).ifEqual(size, whole, broken);
  }

  /** The nearest whole number. */
  private Expression rounded(Expression positive) {
    Expression ones = constant(single ? 0x1p23 : 0x1p52);
    return positive.ifLess(ones, positive.plus(ones).minus(ones), positive);
  }

  /** {@code ln x} of a positive and finite number. */
  private Pair logarithm(Expression x) {
    Logarithm.Split split = new Logarithm(single).split(x);
    Expression f = split.fraction();
    Expression divisor = f.plus(2);
    Expression divisorLow = f.minus(divisor.minus(2));
    Expression s = f.over(divisor);
    Expression rest = s.negated().fused(divisor, f).minus(s.times(divisorLow));
    Pair quotient = new Pair(s, rest.over(divisor));
    Pair square = quotient.times(quotient);
    Pair cube = square.times(quotient).times(slope(square.high()));
    Pair small = Pair.sum(s.times(2), cube.high());
    Expression lost = quotient.low().fused(constant(2), cube.low());
    Pair large = Pair.sum(split.exponent().times(split.high()), small.high());
    Expression low = large.low().plus(split.exponent().fused(split.low(), small.low().plus(lost)));
    return Pair.sum(large.high(), low);
  }

  /** {@code 2/3 + 2/5 z + 2/7 z^2 + ...}. */
  private Pair slope(Expression z) {
    double[] series =
        IntStream.range(0, single ? SINGLE : EXACT).mapToDouble(i -> 2.0 / (5 + 2 * i)).toArray();
    double high = single ? 0x1.555556p-1 : 2 / 3.0;
    double low = single ? 2 / 3.0 - high : 0x1.5555555555555p-55;
    return Pair.sum(constant(high), z.fusedPolynomial(series).times(z)).plus(constant(low));
  }
}
