package dev.stride.ops.std.internal.kernel;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.ops.std.internal.kernel.Expression.BitOperation;

/**
 * Natural logarithms in steps: {@code x = 2^k (1 + f)} with {@code 1 + f} between the roots of 1/2
 * and 2, and {@code ln(1 + f)} by an odd polynomial of {@code s = f / (2 + f)}, as in FDLIBM's
 * e_log.c (Sun Microsystems, 1993), whose coefficients these are.
 *
 * <p>{@code VectorMathsTest} holds the errors to bounds.
 */
final class Logarithm {

  private static final double[] SINGLE = {
    0xaaaaaa.0p-24, 0xccce13.0p-25, 0x91e9ee.0p-25, 0xf89e26.0p-26
  };
  private static final double[] EXACT = {
    0.6666666666666735,
    0.3999999999940942,
    0.2857142874366239,
    0.22222198432149784,
    0.1818357216161805,
    0.15313837699209373,
    0.14798198605116586
  };

  private static final Expression ZERO = constant(0);
  private static final Expression INFINITY = constant(Double.POSITIVE_INFINITY);

  private final boolean single;

  Logarithm(boolean single) {
    this.single = single;
  }

  /**
   * {@code x = 2^exponent (1 + fraction)}, and {@code ln 2} in two parts, of which the first times
   * the exponent is exact.
   */
  record Split(Expression exponent, Expression fraction, Expression high, Expression low) {}

  /**
   * Splits a number.
   *
   * @param x positive and finite; anything for others
   */
  Split split(Expression x) {
    Expression smallest = constant(single ? Float.MIN_NORMAL : Double.MIN_NORMAL);
    Expression normal = x.ifLess(smallest, x.times(single ? 0x1p25 : 0x1p54), x);
    return split(normal, x.ifLess(smallest, constant(single ? 25 : 54), ZERO));
  }

  /** {@code ln x}. */
  Expression of(Expression x) {
    return specials(x, finite(split(x), ZERO));
  }

  private static Expression specials(Expression x, Expression finite) {
    return ZERO.ifLess(
        x,
        x.ifLess(INFINITY, finite, x),
        x.ifEqual(ZERO, constant(Double.NEGATIVE_INFINITY), constant(Double.NaN)));
  }

  /** {@code ln(1 + x)}: what rounding {@code u = 1 + x} lost is added, divided by {@code u}. */
  Expression ofOneMore(Expression x) {
    Expression u = x.plus(1);
    Expression lost = x.minus(u.minus(1)).over(u);
    return x.ifEqual(ZERO, x, specials(u, finite(split(u, ZERO), lost)));
  }

  /** Splits {@code x 2^-scaling}, x being positive, normal and finite. */
  private Split split(Expression x, Expression scaling) {
    long root = single ? 0x3f3504f3L : 0x3fe6a09e667f3bcdL;
    long one = single ? 0x3f800000L : 0x3ff0000000000000L;
    int digits = single ? 23 : 52;
    Expression moved = x.bits(BitOperation.ADD, one - root);
    Expression exponent =
        moved
            .bits(BitOperation.SHIFT_RIGHT, digits)
            .bits(BitOperation.OR, single ? 0x4b000000L : 0x4330000000000000L)
            .minus(single ? 0x1p23 + 127 : 0x1p52 + 1023)
            .minus(scaling);
    Expression fraction =
        moved.bits(BitOperation.AND, (1L << digits) - 1).bits(BitOperation.ADD, root).minus(1);
    Expression high = constant(single ? 6.9313812256e-01 : 0.6931471803691238);
    Expression low = constant(single ? 9.0580006145e-06 : 1.9082149292705877e-10);
    return new Split(exponent, fraction, high, low);
  }

  /**
   * The logarithm of what is split, plus more.
   *
   * @param more small against the result
   */
  private Expression finite(Split split, Expression more) {
    Expression f = split.fraction();
    Expression k = split.exponent();
    Expression s = f.over(f.plus(2));
    Expression z = s.times(s);
    Expression rest = z.fusedPolynomial(single ? SINGLE : EXACT).times(z);
    Expression half = f.times(f).times(0.5);
    Expression small = s.fused(half.plus(rest), k.fused(split.low(), more)).minus(half);
    return k.fused(split.high(), small.plus(f));
  }
}
