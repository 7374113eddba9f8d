package dev.stride.ops.std.internal.kernel;

import java.util.Locale;

/** The functions of two values that kernels are made of. */
public enum BinaryFunction {
  /** {@code a + b}. */
  ADD("ADD"),
  /** {@code a - b}. */
  SUBTRACT("SUB"),
  /** {@code a * b}. */
  MULTIPLY("MUL"),
  /** {@code a / b}. */
  DIVIDE("DIV"),
  /** The smaller one; NaN if either is. */
  MIN("MIN"),
  /** The larger one; NaN if either is. */
  MAX("MAX"),
  /** {@code a^b}. */
  POW("POW"),
  /** The angle of the point {@code (b, a)}. */
  ATAN2("ATAN2"),
  /** {@code sqrt(a^2 + b^2)} without overflow. */
  HYPOT("HYPOT");

  private final String vectorName;

  BinaryFunction(String vectorName) {
    this.vectorName = vectorName;
  }

  /** This function of two expressions. */
  public Expression of(Expression a, Expression b) {
    return new Expression.Binary(this, a, b);
  }

  /** Its field in {@code jdk.incubator.vector.VectorOperators}. */
  String vectorName() {
    return vectorName;
  }

  /** Its method in {@link Math}, where there is one. */
  String plainName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the order of the values makes no difference but for rounding. */
  boolean isAssociative() {
    return this == ADD || this == MULTIPLY || this == MIN || this == MAX;
  }

  /** Whether IEEE 754 prescribes every bit, so that vector code and plain code agree. */
  public boolean isExact() {
    return this != POW && this != ATAN2 && this != HYPOT;
  }
}
