package dev.stride.ops.std.internal.kernel;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.ops.std.internal.kernel.Expression.Binary;
import dev.stride.ops.std.internal.kernel.Expression.Choice;
import dev.stride.ops.std.internal.kernel.Expression.Constant;
import dev.stride.ops.std.internal.kernel.Expression.Operand;
import dev.stride.ops.std.internal.kernel.Expression.Parameter;
import dev.stride.ops.std.internal.kernel.Expression.Unary;

/**
 * Derivatives of expressions, by the rules of calculus.
 *
 * <p>At a kink, the derivative is that of the branch taken: 0 for the absolute value at 0, half of
 * each side for equal arguments of a minimum or maximum, and the limit 0 where a power of 0 meets
 * its logarithm.
 */
public final class Derivatives {

  private static final Expression ZERO = constant(0);
  private static final Expression ONE = constant(1);

  private Derivatives() {}

  /** The derivative of an expression with respect to the elements of one operand. */
  public static Expression of(Expression expression, int operand) {
    return switch (expression) {
      case Operand(int index) -> index == operand ? ONE : ZERO;
      case Parameter parameter -> ZERO;
      case Constant constant -> ZERO;
      case Unary(UnaryFunction function, Expression x) -> {
        Expression inner = of(x, operand);
        yield inner.is(0) ? ZERO : slope(function, x).times(inner);
      }
      case Binary(BinaryFunction function, Expression a, Expression b) ->
          binary(function, a, b, of(a, operand), of(b, operand));
      case Expression.Step step ->
          throw new IllegalArgumentException("steps have no derivative: " + step);
      case Choice(var comparison, Expression a, Expression b, Expression yes, Expression no) -> {
        Expression first = of(yes, operand);
        Expression second = of(no, operand);
        yield first.equals(second) ? first : new Choice(comparison, a, b, first, second);
      }
    };
  }

  private static Expression slope(UnaryFunction function, Expression x) {
    Expression y = function.of(x);
    return switch (function) {
      case NEGATE -> constant(-1);
      case ABS -> sign(x);
      case SQRT -> constant(0.5).over(y);
      case EXP -> y;
      case EXPM1 -> UnaryFunction.EXP.of(x);
      case LOG -> ONE.over(x);
      case LOG1P -> ONE.over(x.plus(1));
      case SIN -> UnaryFunction.COS.of(x);
      case COS -> UnaryFunction.SIN.of(x).negated();
      case TAN -> y.squared().plus(1);
      case ASIN -> ONE.over(UnaryFunction.SQRT.of(ONE.minus(x).times(x.plus(1))));
      case ACOS -> constant(-1).over(UnaryFunction.SQRT.of(ONE.minus(x).times(x.plus(1))));
      case ATAN -> ONE.over(x.squared().plus(1));
      case SINH -> UnaryFunction.COSH.of(x);
      case COSH -> UnaryFunction.SINH.of(x);
      case TANH -> ONE.minus(y).times(y.plus(1));
    };
  }

  /** -1, 0 or 1; NaN for NaN. */
  public static Expression sign(Expression x) {
    return ZERO.ifLess(x, ONE, x.ifLess(ZERO, constant(-1), x));
  }

  private static Expression binary(
      BinaryFunction function, Expression a, Expression b, Expression da, Expression db) {
    if (da.is(0) && db.is(0)) {
      return ZERO;
    }
    return switch (function) {
      case ADD -> da.plus(db);
      case SUBTRACT -> da.minus(db);
      case MULTIPLY -> da.times(b).plus(a.times(db));
      case DIVIDE -> da.over(b).minus(db.is(0) ? ZERO : a.over(b).times(db).over(b));
      case MIN -> lesser(a, b, da, db);
      case MAX -> lesser(b, a, da, db);
      case POW -> da.times(powerSlope(a, b)).plus(db.is(0) ? ZERO : db.times(growth(a, b)));
      case ATAN2 -> {
        Expression radius = BinaryFunction.HYPOT.of(a, b);
        yield da.times(b.over(radius).over(radius)).minus(db.times(a.over(radius).over(radius)));
      }
      case HYPOT -> {
        Expression y = function.of(a, b);
        yield da.times(a.over(y)).plus(db.times(b.over(y)));
      }
    };
  }

  /** {@code da} where {@code left < right} for a minimum; half of each where they are equal. */
  private static Expression lesser(
      Expression left, Expression right, Expression da, Expression db) {
    Expression half = da.plus(db).times(0.5);
    return left.ifLess(right, da, left.ifEqual(right, half, db));
  }

  /** {@code b a^(b - 1)}; 0 for {@code b = 0}. */
  static Expression powerSlope(Expression a, Expression b) {
    Expression slope = b.times(BinaryFunction.POW.of(a, b.minus(1)));
    return b instanceof Constant ? slope : b.ifEqual(ZERO, ZERO, slope);
  }

  /** {@code a^b ln(a)}; 0 for {@code a = 0} and {@code b >= 0}. */
  static Expression growth(Expression a, Expression b) {
    Expression growth = BinaryFunction.POW.of(a, b).times(UnaryFunction.LOG.of(a));
    return a.ifEqual(ZERO, b.ifLess(ZERO, growth, ZERO), growth);
  }
}
