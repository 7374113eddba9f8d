package dev.stride.ops.std.internal.kernel;

import java.util.Locale;

/** The functions of one value that kernels are made of. */
public enum UnaryFunction {
  /** {@code -x}. */
  NEGATE,
  /** {@code |x|}. */
  ABS,
  /** The square root, correctly rounded. */
  SQRT,
  /** {@code e^x}. */
  EXP,
  /** {@code e^x - 1}, exact near 0. */
  EXPM1,
  /** The natural logarithm. */
  LOG,
  /** {@code ln(1 + x)}, exact near 0. */
  LOG1P,
  /** The sine. */
  SIN,
  /** The cosine. */
  COS,
  /** The tangent. */
  TAN,
  /** The inverse sine. */
  ASIN,
  /** The inverse cosine. */
  ACOS,
  /** The inverse tangent. */
  ATAN,
  /** The hyperbolic sine. */
  SINH,
  /** The hyperbolic cosine. */
  COSH,
  /** The hyperbolic tangent. */
  TANH;

  /** This function of an expression. */
  public Expression of(Expression x) {
    return new Expression.Unary(this, x);
  }

  /** Its field in {@code jdk.incubator.vector.VectorOperators}. */
  String vectorName() {
    return this == NEGATE ? "NEG" : name();
  }

  /** Its method in {@link Math}. */
  String plainName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether IEEE 754 prescribes every bit, so that vector code and plain code agree. */
  public boolean isExact() {
    return this == NEGATE || this == ABS || this == SQRT;
  }
}
