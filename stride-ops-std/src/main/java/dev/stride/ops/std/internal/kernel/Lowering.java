package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.Expression.Binary;
import dev.stride.ops.std.internal.kernel.Expression.Unary;

/**
 * Replaces functions in a formula by the steps that compute them, each of which IEEE 754
 * prescribes: plain code, vector code, the interpreter and every compiler then give the same bits.
 */
final class Lowering {

  private final boolean single;

  private Lowering(DataType type) {
    this.single = type == DataType.FLOAT32;
  }

  /** The formula in steps, for elements of a type; equal parts are the same object. */
  static Expression of(Expression expression, DataType type) {
    Lowering lowering = new Lowering(type);
    return Parts.shared(new Parts.Change(lowering::steps).of(expression));
  }

  private Expression steps(Expression expression) {
    return switch (expression) {
      case Unary(UnaryFunction function, Expression x) -> steps(function, x);
      case Binary(BinaryFunction function, Expression a, Expression b) -> steps(function, a, b);
      default -> expression;
    };
  }

  private Expression steps(UnaryFunction function, Expression x) {
    return switch (function) {
      case NEGATE, ABS, SQRT -> function.of(x);
      case EXP -> new Exponential(single).of(x);
      case EXPM1 -> new Exponential(single).ofLessOne(x);
      case LOG -> new Logarithm(single).of(x);
      case LOG1P -> new Logarithm(single).ofOneMore(x);
      case SIN, COS, TAN -> new Circular(single).of(function, x);
      case ASIN -> new InverseCircular(single).sine(x);
      case ACOS -> new InverseCircular(single).cosine(x);
      case ATAN -> new InverseCircular(single).tangent(x);
      case SINH -> new Hyperbolic(single).sine(x);
      case COSH -> new Hyperbolic(single).cosine(x);
      case TANH -> new Hyperbolic(single).tangent(x);
    };
  }

  private Expression steps(BinaryFunction function, Expression a, Expression b) {
    return switch (function) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX -> function.of(a, b);
      case POW -> new Power(single).of(a, b);
      case ATAN2 -> new InverseCircular(single).angle(a, b);
      case HYPOT -> Hypotenuse.of(a, b, single);
    };
  }
}
