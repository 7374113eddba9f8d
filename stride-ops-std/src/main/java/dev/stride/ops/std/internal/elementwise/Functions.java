package dev.stride.ops.std.internal.elementwise;

import static dev.stride.ops.std.internal.elementwise.Symbols.X;
import static dev.stride.ops.std.internal.elementwise.Symbols.Y;
import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Derivatives;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import dev.stride.ops.std.internal.operator.Formula;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The functions of every element of one tensor, {@code y = f(x)}. For a cotangent {@code g} the
 * adjoint is {@code g f'(x)}, with {@code f'} as each of them says.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>1, or any where the function is a power
 *   <tr><td>y (output)<td>as x<td>1, or that power of it
 * </table>
 *
 * <p>Outside its domain a function gives NaN or infinity as IEEE 754 does, never an error. Results
 * have the same bits on every machine, thread and place in an array. What {@code f'} is written in,
 * x or y, is kept for the adjoint.
 */
@SuppressWarnings("ImmutableEnumChecker") // formulas and domains are immutable
enum Functions {
  /** {@code -x}; f' = -1. */
  NEGATE(Domain.ALL, X.negated(), null),
  /** {@code 1 / x}; f' = -y^2. Infinite at 0. */
  RECIPROCAL(Domain.NOT_ZERO, constant(1).over(X), Y.squared().negated()),
  /** {@code x^2}; f' = 2 x. */
  SQUARE(Domain.ALL, X.squared(), null),
  /** The square root, correctly rounded; f' = 1 / (2 y), infinite at 0. NaN for {@code x < 0}. */
  SQRT(Domain.POSITIVE, UnaryFunction.SQRT.of(X), constant(0.5).over(Y)),
  /** {@code e^x}; f' = y. */
  EXP(Domain.MODERATE, UnaryFunction.EXP.of(X), Y),
  /** {@code e^x - 1}, exact near 0; f' = e^x. */
  EXPM1(Domain.MODERATE, UnaryFunction.EXPM1.of(X), null),
  /** The natural logarithm; f' = 1 / x. Negative infinity at 0, NaN for {@code x < 0}. */
  LOG(Domain.POSITIVE, UnaryFunction.LOG.of(X), null),
  /** {@code ln(1 + x)}, exact near 0; f' = 1 / (1 + x). NaN for {@code x < -1}. */
  LOG1P(Domain.ABOVE_MINUS_ONE, UnaryFunction.LOG1P.of(X), null),
  /** The sine of an angle in radians; f' = cos(x). */
  SIN(Domain.MODERATE, UnaryFunction.SIN.of(X), null),
  /** The cosine of an angle in radians; f' = -sin(x). */
  COS(Domain.FLAT_AT_ZERO, UnaryFunction.COS.of(X), null),
  /** The tangent of an angle in radians; f' = 1 + y^2. */
  TAN(Domain.ANGLE, UnaryFunction.TAN.of(X), Y.squared().plus(1)),
  /** The inverse sine in radians; f' = 1 / sqrt(1 - x^2). NaN outside of [-1, 1]. */
  ASIN(Domain.UNIT, UnaryFunction.ASIN.of(X), null),
  /** The inverse cosine in radians; f' = -1 / sqrt(1 - x^2). NaN outside of [-1, 1]. */
  ACOS(Domain.UNIT, UnaryFunction.ACOS.of(X), null),
  /** The inverse tangent in radians; f' = 1 / (1 + x^2). */
  ATAN(Domain.MODERATE, UnaryFunction.ATAN.of(X), null),
  /** The hyperbolic sine; f' = cosh(x). */
  SINH(Domain.MODERATE, UnaryFunction.SINH.of(X), null),
  /** The hyperbolic cosine; f' = sinh(x). */
  COSH(Domain.FLAT_AT_ZERO, UnaryFunction.COSH.of(X), null),
  /** The hyperbolic tangent; f' = (1 - y) (1 + y). */
  TANH(Domain.MODERATE, UnaryFunction.TANH.of(X), constant(1).minus(Y).times(Y.plus(1))),
  /** {@code 1 / (1 + e^-x)}, without overflow; f' = y (1 - y). */
  SIGMOID(Domain.MODERATE, sigmoid(), Y.times(constant(1).minus(Y))),
  /** {@code ln(1 + e^x)}, without overflow; f' = 1 - e^-y, which is the sigmoid of x. */
  SOFTPLUS(Domain.MODERATE, softplus(), UnaryFunction.EXPM1.of(Y.negated()).negated()),
  /** {@code max(x, 0)}; f' = 1 for {@code x > 0}, 0 elsewhere, 0 at the kink. */
  RELU(
      Domain.NOT_ZERO,
      BinaryFunction.MAX.of(X, constant(0)),
      Y.ifEqual(constant(0), constant(0), constant(1))),
  /** {@code |x|}; f' = sign(x), 0 at the kink. */
  ABS(Domain.NOT_ZERO, UnaryFunction.ABS.of(X), Derivatives.sign(X)),
  /** The error function {@code 2/sqrt(pi) int_0^x e^(-t^2) dt}; f' = 2/sqrt(pi) e^(-x^2). */
  ERF(
      Domain.MODERATE,
      ErrorFunction.of(X),
      UnaryFunction.EXP.of(X.squared().negated()).times(2 / Math.sqrt(Math.PI)));

  private final Domain domain;
  private final Formula formula;

  Functions(Domain domain, Expression value, @Nullable Expression slope) {
    this.domain = domain;
    Formula.Builder builder = Formula.named("stride." + name().toLowerCase(Locale.ROOT)).input("x");
    if (slope != null) {
      builder.slope("x", slope);
    }
    this.formula = builder.linearIn(isLinear(name())).computes(value);
  }

  private static String[] isLinear(String name) {
    return name.equals("NEGATE") ? new String[] {"x"} : new String[0];
  }

  private static Expression sigmoid() {
    return constant(1).over(UnaryFunction.EXP.of(X.negated()).plus(1));
  }

  private static Expression softplus() {
    Expression small = UnaryFunction.EXP.of(UnaryFunction.ABS.of(X).negated());
    return BinaryFunction.MAX.of(X, constant(0)).plus(UnaryFunction.LOG1P.of(small));
  }

  /** What the operator computes. */
  Formula formula() {
    return formula;
  }

  /** What it is checked at. */
  List<Sample> samples() {
    return domain.samples();
  }
}
