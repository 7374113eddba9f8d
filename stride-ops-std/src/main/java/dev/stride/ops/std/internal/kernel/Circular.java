package dev.stride.ops.std.internal.kernel;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.ops.std.internal.kernel.Expression.BitOperation;
import dev.stride.ops.std.internal.kernel.Expression.Step;

/**
 * Sine, cosine and tangent in steps: with the whole number {@code n} nearest to {@code x / (pi/2)}
 * and {@code r = x - n pi/2}, they are made of the sine and the cosine of {@code r}.
 *
 * <p>{@code pi/2} is subtracted in three parts, the first of which leaves no rounding error, so
 * that {@code r}, with a tail of what its rounding lost, is accurate next to zeros too; arguments
 * beyond a limit, for which three parts are not enough, are left to {@link StrictMath}. Polynomials
 * are those of FDLIBM's k_sin.c and k_cos.c (Sun Microsystems, 1993); the script {@code
 * docs/math/exp.py} computes those for float32. {@code VectorMathsTest} holds the errors to bounds.
 */
final class Circular {

  private static final double[] SINE = {
    -0.16666666666666632,
    0.00833333333332249,
    -0.0001984126982985795,
    2.7557313707070068e-06,
    -2.5050760253406863e-08,
    1.58969099521155e-10
  };
  private static final double[] COSINE = {
    0.0416666666666666,
    -0.001388888888887411,
    2.480158728947673e-05,
    -2.7557314351390663e-07,
    2.087572321298175e-09,
    -1.1359647557788195e-11
  };
  private static final double[] SINGLE_SINE = {
    -0.1666666716337204, 0.008333331905305386, -0.00019840059394482523, 2.724633304751478e-06
  };
  private static final double[] SINGLE_COSINE = {
    0.0416666679084301, -0.00138888880610466, 2.4800576284178533e-05, -2.729796051426092e-07
  };

  /** Parts of {@code pi/2}, each rounded to the type. */
  private static final double[] HALF_PI = {
    0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110
  };

  private static final double[] SINGLE_HALF_PI = {0x1.921fb6p0, -0x1.777a5cp-25, -0x1.ee59dap-50};

  private final boolean single;
  private final double limit;
  private final double whole;

  Circular(boolean single) {
    this.single = single;
    this.limit = single ? 0x1p17 : 0x1p30;
    this.whole = single ? 0x1.8p23 : 0x1.8p52;
  }

  /** The sine, cosine or tangent. */
  Expression of(UnaryFunction function, Expression x) {
    Expression large = x.fused(constant(2 / Math.PI), constant(whole));
    Rest rest = rest(x, large.minus(whole));
    Expression r = rest.r();
    Expression z = r.times(r);
    Expression series = z.fusedPolynomial(single ? SINGLE_SINE : SINE);
    Expression sine = r.plus(series.fused(z.times(r), rest.tail()));
    Expression cosine = nearCosine(z, r.times(rest.tail()));
    Expression steps =
        switch (function) {
          case SIN -> zero(x, signed(large, even(large, sine, cosine)));
          case COS -> signed(large.bits(BitOperation.ADD, 1), even(large, cosine, sine));
          default -> zero(x, even(large, sine, cosine.negated()).over(even(large, cosine, sine)));
        };
    return new Step.Limited(limit, function, x, steps);
  }

  private Expression nearCosine(Expression z, Expression correction) {
    Expression half = z.times(0.5);
    Expression most = constant(1).minus(half);
    Expression less =
        z.fusedPolynomial(single ? SINGLE_COSINE : COSINE).fused(z.times(z), correction.negated());
    return most.plus(constant(1).minus(most).minus(half).plus(less));
  }

  /** What is left of an argument, {@code r + tail}. */
  private record Rest(Expression r, Expression tail) {}

  /** {@code x - n pi/2}. */
  private Rest rest(Expression x, Expression n) {
    double[] parts = single ? SINGLE_HALF_PI : HALF_PI;
    Expression rough = n.fused(constant(-parts[0]), x);
    Expression second = n.times(parts[1]);
    Expression r = rough.minus(second);
    Expression missed = n.fused(constant(parts[1]), second.negated());
    Expression lost = rough.minus(r).minus(second).minus(missed);
    return new Rest(r, n.fused(constant(-parts[2]), lost));
  }

  /** Keeps the sign of zeros. */
  private static Expression zero(Expression x, Expression steps) {
    return x.ifEqual(constant(0), x, steps);
  }

  /**
   * One for even {@code n}, the other for odd ones: the last digit, moved to the sign, says which.
   */
  private Expression even(Expression large, Expression even, Expression odd) {
    return sign(large, single ? 31 : 63).ifLess(constant(0), odd, even);
  }

  /** Changes the sign where the last but one digit of {@code n} is 1. */
  private Expression signed(Expression large, Expression value) {
    return sign(large, single ? 30 : 62).times(value);
  }

  /** -1 where the digit that moves to the sign is 1, else 1. */
  private Expression sign(Expression large, int places) {
    return Signs.of(large.bits(BitOperation.SHIFT_LEFT, places), single);
  }
}
