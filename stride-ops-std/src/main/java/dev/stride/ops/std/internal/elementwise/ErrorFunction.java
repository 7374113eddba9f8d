package dev.stride.ops.std.internal.elementwise;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.UnaryFunction;

/**
 * The error function as an expression, within a few units of the last digit.
 *
 * <p>Up to 1 a polynomial in {@code x^2}, beyond it one in {@code t = (|x| - 2.4) / (|x| + 2.4)}
 * for {@code (1 + 2|x|) e^(x^2) erfc(|x|)}, the form of Shepherd and Laframboise, Mathematics of
 * Computation 36 (1981) 249-253. The script {@code docs/math/erf.py} computes the coefficients.
 */
final class ErrorFunction {

  private static final double[] NEAR = {
    1.1283791670955126,
    -0.3761263890318375,
    0.11283791670954879,
    -0.026866170645076792,
    0.0052239776248180145,
    -0.000854832698083379,
    0.0001205533111164271,
    -1.4925595266831182e-05,
    1.6461000484121368e-06,
    -1.6350312701054695e-07,
    1.4659775274047436e-08,
    -1.1372848856791674e-09,
    5.957176147748911e-11
  };

  private static final double[] FAR = {
    1.2672926603147934,
    -0.11806526673071288,
    -0.11125421565731795,
    0.16147229812175773,
    -0.09610182065632696,
    0.024288066204405184,
    0.004451735990664684,
    -0.004063241742884362,
    -0.0002385609541031759,
    0.0006553893130292186,
    5.835165758736243e-05,
    -0.00011427257450354227,
    -2.5705528145792883e-05,
    1.8559017296041518e-05,
    9.265537916093335e-06,
    -1.7714982618914783e-06,
    -2.569640832011375e-06,
    -3.5864497618102337e-07,
    4.613351230626252e-07,
    2.0168315620845156e-07
  };

  /** Where the function is 1 to the last digit. */
  private static final double END = 6;

  private ErrorFunction() {}

  static Expression of(Expression x) {
    Expression size = BinaryFunction.MIN.of(UnaryFunction.ABS.of(x), constant(END));
    Expression square = size.squared();
    Expression t = size.minus(2.4).over(size.plus(2.4));
    Expression rest =
        UnaryFunction.EXP
            .of(square.negated())
            .times(t.polynomial(FAR))
            .over(size.plus(size).plus(1));
    Expression far = constant(1).minus(rest);
    return size.ifLess(
        constant(1), x.times(square.polynomial(NEAR)), x.ifLess(constant(0), far.negated(), far));
  }
}
