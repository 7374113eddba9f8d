package dev.stride.ops.std.internal.kernel;

/**
 * A formula of elements, as a value: what a {@link Kernel} computes for each position of its
 * operands. Immutable; equal where the formulas are.
 *
 * <p>Written once for both types of elements, for vector code and for plain code, and {@linkplain
 * Derivatives differentiated} as it stands. The methods leave out what has no effect, such as a
 * product with 1.
 */
public sealed interface Expression {

  /**
   * The element of an operand.
   *
   * @param index number of the operand
   */
  record Operand(int index) implements Expression {}

  /**
   * A number that is known when the kernel runs.
   *
   * @param index its number
   */
  record Parameter(int index) implements Expression {}

  /** A number, rounded to the type of the elements. */
  record Constant(double value) implements Expression {}

  /** A function of one value. */
  record Unary(UnaryFunction function, Expression x) implements Expression {}

  /** A function of two values. */
  record Binary(BinaryFunction function, Expression a, Expression b) implements Expression {}

  /**
   * One of two values: {@code yes} where {@code a < b}, or {@code a == b}; {@code no} elsewhere.
   */
  record Choice(Comparison comparison, Expression a, Expression b, Expression yes, Expression no)
      implements Expression {}

  /**
   * What functions are lowered to, so that every kind of code gives the same bits; see {@link
   * Lowering}. Steps have no derivative.
   */
  sealed interface Step extends Expression {

    /** {@code a * b + c}, rounded once. */
    record Fused(Expression a, Expression b, Expression c) implements Step {}

    /** The number whose bits are those of {@code x}, changed as if they were a whole number. */
    record Bits(BitOperation operation, Expression x, long amount) implements Step {}

    /**
     * The value of steps where {@code |x| <= limit}, and of the method of {@link StrictMath} where
     * it is larger: for arguments that are rare, and too large for steps.
     */
    record Limited(double limit, UnaryFunction function, Expression x, Expression steps)
        implements Step {}
  }

  /** What is done with bits; the amount is a number of digits, a mask or a summand. */
  enum BitOperation {
    /** Moves them towards the sign. */
    SHIFT_LEFT,
    /** Moves them away from the sign, which becomes 0. */
    SHIFT_RIGHT,
    /** Keeps those of a mask. */
    AND,
    /** Sets those of a mask. */
    OR,
    /** Adds a whole number. */
    ADD
  }

  /** How two values are compared; every comparison with NaN is false. */
  enum Comparison {
    /** {@code a < b}. */
    LESS,
    /** {@code a == b}. */
    EQUAL
  }

  /** The element of an operand. */
  static Expression operand(int index) {
    return new Operand(index);
  }

  /** A number that is known when the kernel runs. */
  static Expression parameter(int index) {
    return new Parameter(index);
  }

  /** A number. */
  static Expression constant(double value) {
    return new Constant(value);
  }

  /** Whether this is the number. */
  default boolean is(double value) {
    return this instanceof Constant constant && constant.value() == value;
  }

  /** {@code this + other}. */
  default Expression plus(Expression other) {
    if (this instanceof Constant(double a) && other instanceof Constant(double b)) {
      return constant(a + b);
    }
    if (is(0)) {
      return other;
    }
    return other.is(0) ? this : new Binary(BinaryFunction.ADD, this, other);
  }

  /** {@code this + number}. */
  default Expression plus(double number) {
    return plus(constant(number));
  }

  /** {@code this - other}. */
  default Expression minus(Expression other) {
    if (this instanceof Constant(double a) && other instanceof Constant(double b)) {
      return constant(a - b);
    }
    if (is(0)) {
      return other.negated();
    }
    return other.is(0) ? this : new Binary(BinaryFunction.SUBTRACT, this, other);
  }

  /** {@code this - number}. */
  default Expression minus(double number) {
    return minus(constant(number));
  }

  /** {@code this * other}; 0 where either is the constant 0. */
  default Expression times(Expression other) {
    if (this instanceof Constant(double a) && other instanceof Constant(double b)) {
      return constant(a * b);
    }
    if (is(0) || other.is(1)) {
      return this;
    }
    if (is(1) || other.is(0)) {
      return other;
    }
    if (is(-1)) {
      return other.negated();
    }
    return other.is(-1) ? negated() : new Binary(BinaryFunction.MULTIPLY, this, other);
  }

  /** {@code this * number}. */
  default Expression times(double number) {
    return times(constant(number));
  }

  /** {@code this * factor + summand}, rounded once. */
  default Expression fused(Expression factor, Expression summand) {
    return new Step.Fused(this, factor, summand);
  }

  /** Changes the bits. */
  default Expression bits(BitOperation operation, long amount) {
    return new Step.Bits(operation, this, amount);
  }

  /** {@code this / other}. */
  default Expression over(Expression other) {
    return is(0) || other.is(1) ? this : new Binary(BinaryFunction.DIVIDE, this, other);
  }

  /** {@code this * this}. */
  default Expression squared() {
    return times(this);
  }

  /** {@code -this}. */
  default Expression negated() {
    if (this instanceof Constant(double value)) {
      return constant(value == 0 ? 0 : -value);
    }
    return this instanceof Unary(UnaryFunction function, Expression x)
            && function == UnaryFunction.NEGATE
        ? x
        : UnaryFunction.NEGATE.of(this);
  }

  /** {@code yes} where this is less than {@code other}, {@code no} elsewhere. */
  default Expression ifLess(Expression other, Expression yes, Expression no) {
    return choice(Comparison.LESS, this, other, yes, no);
  }

  /** {@code yes} where this equals {@code other}, {@code no} elsewhere. */
  default Expression ifEqual(Expression other, Expression yes, Expression no) {
    return choice(Comparison.EQUAL, this, other, yes, no);
  }

  private static Expression choice(
      Comparison comparison, Expression a, Expression b, Expression yes, Expression no) {
    return yes.equals(no) ? yes : new Choice(comparison, a, b, yes, no);
  }

  /**
   * The polynomial {@code c[0] + c[1] x + c[2] x^2 + ...} of this value.
   *
   * @param coefficients not modified
   */
  default Expression polynomial(double... coefficients) {
    Expression sum = constant(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = sum.times(this).plus(coefficients[i]);
    }
    return sum;
  }

  /** As {@link #polynomial}, each product and sum rounded once. */
  default Expression fusedPolynomial(double... coefficients) {
    Expression sum = constant(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = sum.fused(this, constant(coefficients[i]));
    }
    return sum;
  }
}
