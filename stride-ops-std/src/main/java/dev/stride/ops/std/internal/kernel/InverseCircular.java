package dev.stride.ops.std.internal.kernel;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

/**
 * Inverse sine, cosine and tangent, and the angle of a point, in steps.
 *
 * <p>The approximations are those of FDLIBM's e_asin.c and s_atan.c (Sun Microsystems, 1993) and,
 * for float32, of Cephes' asinf.c and atanf.c (Moshier, 1992). {@code VectorMathsTest} holds the
 * errors to bounds.
 */
final class InverseCircular {

  private static final double[] SINE_ABOVE = {
    0.16666666666666666,
    -0.3255658186224009,
    0.20121253213486293,
    -0.04005553450067941,
    0.0007915349942898145,
    3.479331075960212e-05
  };
  private static final double[] SINE_BELOW = {
    1, -2.403394911734414, 2.0209457602335057, -0.6882839716054533, 0.07703815055590194
  };
  private static final double[] SINGLE_SINE = {
    1.6666752422e-1, 7.4953002686e-2, 4.5470025998e-2, 2.4181311049e-2, 4.2163199048e-2
  };
  private static final double[] TANGENT = {
    -0.3333333333333293,
    0.19999999999876483,
    -0.14285714272503466,
    0.11111110405462356,
    -0.09090887133436507,
    0.0769187620504483,
    -0.06661073137387531,
    0.058335701337905735,
    -0.049768779946159324,
    0.036531572744216916,
    -0.016285820115365782
  };
  private static final double[] SINGLE_TANGENT = {
    -3.33329491539e-1, 1.99777106478e-1, -1.38776856032e-1, 8.05374449538e-2
  };

  private static final Expression ZERO = constant(0);
  private static final Expression ONE = constant(1);

  private final boolean single;
  private final double low;

  InverseCircular(boolean single) {
    this.single = single;
    this.low = single ? -4.371139e-8 : 6.123233995736766e-17;
  }

  /** {@code quarters pi/2}, and what its rounding lost. */
  private Expression high(double quarters) {
    return constant(quarters * (single ? (float) (Math.PI / 2) : Math.PI / 2));
  }

  /** The inverse sine; {@code pi/2 - 2 asin(sqrt((1 - |x|) / 2))} where {@code |x| > 1/2}. */
  Expression sine(Expression x) {
    Expression size = UnaryFunction.ABS.of(x);
    Expression near = constant(0.5).ifLess(size, ZERO, ONE);
    Arc arc = arc(size);
    Expression twice = arc.tail().plus(arc.tail()).minus(low);
    Expression far = high(1).minus(arc.s().plus(arc.s())).minus(twice);
    Expression angle = near.ifEqual(ONE, arc.s().plus(arc.tail()), far);
    return x.ifEqual(ZERO, x, Signs.of(x, single).times(angle));
  }

  /** The inverse cosine, of the same arcs. */
  Expression cosine(Expression x) {
    Expression size = UnaryFunction.ABS.of(x);
    Arc parts = arc(size);
    Expression arc = parts.s().plus(parts.tail());
    Expression sign = Signs.of(x, single);
    Expression near = high(1).minus(sign.times(arc).minus(low));
    Expression twice = arc.plus(arc);
    Expression far = x.ifLess(ZERO, high(2).minus(twice.minus(2 * low)), twice);
    return constant(0.5).ifLess(size, far, near);
  }

  /** An angle {@code s + tail}. */
  private record Arc(Expression s, Expression tail) {}

  /** {@code asin(s)} of {@code s = |x|}, or of {@code sqrt((1 - |x|) / 2)} beyond 1/2. */
  private Arc arc(Expression size) {
    Expression half = ONE.minus(size).times(0.5);
    Expression z = constant(0.5).ifLess(size, half, size.times(size));
    Expression s = constant(0.5).ifLess(size, UnaryFunction.SQRT.of(half), size);
    Expression ratio =
        single
            ? z.fusedPolynomial(SINGLE_SINE)
            : z.fusedPolynomial(SINE_ABOVE).over(z.fusedPolynomial(SINE_BELOW));
    return new Arc(s, ratio.times(z).times(s));
  }

  /** The inverse tangent. */
  Expression tangent(Expression x) {
    Expression size = UnaryFunction.ABS.of(x);
    Expression inverse = constant(Math.sqrt(2) + 1).ifLess(size, ONE, ZERO);
    Expression middle = constant(Math.sqrt(2) - 1).ifLess(size, ONE, ZERO);
    Expression above = inverse.ifEqual(ONE, constant(-1), middle.ifEqual(ONE, size.minus(1), size));
    Expression below = inverse.ifEqual(ONE, size, middle.ifEqual(ONE, size.plus(1), ONE));
    Expression quarters = inverse.ifEqual(ONE, ONE, middle.ifEqual(ONE, constant(0.5), ZERO));
    Expression angle = quarters.fused(high(1), tail(above.over(below), quarters));
    return x.ifEqual(ZERO, x, Signs.of(x, single).times(angle));
  }

  /** {@code atan(t) + quarters low} of a small {@code t}. */
  private Expression tail(Expression t, Expression quarters) {
    Expression z = t.times(t);
    Expression rest = z.fusedPolynomial(single ? SINGLE_TANGENT : TANGENT).times(z);
    return rest.fused(t, quarters.times(low)).plus(t);
  }

  /**
   * The angle of the point {@code (x, y)}, by the inverse tangent of the lesser over the larger.
   */
  Expression angle(Expression y, Expression x) {
    Expression height = UnaryFunction.ABS.of(y);
    Expression width = UnaryFunction.ABS.of(x);
    Expression steep = width.ifLess(height, ONE, ZERO);
    Expression lesser = width.ifLess(height, width, height);
    Expression larger = width.ifLess(height, height, width);
    Expression same = lesser.ifEqual(ZERO, ZERO, ONE);
    Expression ratio = lesser.ifEqual(larger, same, lesser.over(larger));
    Expression middle = constant(Math.sqrt(2) - 1).ifLess(ratio, ONE, ZERO);
    Expression t = middle.ifEqual(ONE, ratio.minus(1).over(ratio.plus(1)), ratio);
    Expression part = middle.times(0.5);
    Expression flat = part.fused(high(1), tail(t, part));
    Expression first = steep.ifEqual(ONE, high(1).minus(flat.minus(low)), flat);
    Expression left = Signs.of(x, single).ifLess(ZERO, high(2).minus(first.minus(2 * low)), first);
    return Signs.of(y, single).times(left);
  }
}
