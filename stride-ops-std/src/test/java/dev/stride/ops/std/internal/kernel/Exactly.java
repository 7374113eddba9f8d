package dev.stride.ops.std.internal.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/** Functions to some 40 digits, from their series: slow, and right. */
final class Exactly {

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510"
              + "58209749445923078164062862089986280348253421170679");

  private Exactly() {}

  static BigDecimal value(UnaryFunction function, double x) {
    BigDecimal exact = new BigDecimal(x);
    return switch (function) {
      case NEGATE -> exact.negate();
      case ABS -> exact.abs();
      case SQRT -> exact.sqrt(DIGITS);
      case EXP -> exp(exact);
      case EXPM1 -> exp(exact).subtract(BigDecimal.ONE, DIGITS);
      case LOG -> log(exact, Math.log(x));
      case LOG1P -> log(exact.add(BigDecimal.ONE), Math.log1p(x));
      case SIN -> sin(exact);
      case COS -> sin(exact.add(PI.divide(TWO)));
      case TAN -> tan(exact);
      case ASIN -> asin(exact, Math.asin(x));
      case ACOS -> PI.divide(TWO).subtract(asin(exact, Math.asin(x)), DIGITS);
      case ATAN -> atan(exact, Math.atan(x));
      case SINH -> sinh(exact);
      case COSH -> exp(exact).add(exp(exact.negate())).divide(TWO, DIGITS);
      case TANH -> sinh(exact).multiply(TWO).divide(exp(exact).add(exp(exact.negate())), DIGITS);
    };
  }

  /** The power of a positive number. */
  static BigDecimal power(double a, double b) {
    BigDecimal logarithm = log(new BigDecimal(a), Math.log(a));
    return exp(logarithm.multiply(new BigDecimal(b), DIGITS));
  }

  private static BigDecimal exp(BigDecimal x) {
    BigDecimal small = x.divide(TWO.pow(20), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int k = 1; k < 24; k++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < 20; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  private static BigDecimal sinh(BigDecimal x) {
    return exp(x).subtract(exp(x.negate())).divide(TWO, DIGITS);
  }

  /** Halley's iteration. */
  private static BigDecimal log(BigDecimal x, double guess) {
    BigDecimal y = new BigDecimal(guess);
    for (int i = 0; i < 2; i++) {
      BigDecimal power = exp(y);
      BigDecimal step = x.subtract(power).multiply(TWO).divide(x.add(power), DIGITS);
      y = y.add(step, DIGITS);
    }
    return y;
  }

  private static BigDecimal sin(BigDecimal x) {
    BigDecimal whole = PI.multiply(TWO);
    BigDecimal turns = x.divide(whole, 0, java.math.RoundingMode.HALF_EVEN);
    BigDecimal angle = x.subtract(turns.multiply(whole));
    BigDecimal square = angle.multiply(angle, DIGITS).negate();
    BigDecimal sum = angle;
    BigDecimal term = angle;
    for (int k = 2; k < 80; k += 2) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(k * (k + 1L)), DIGITS);
      sum = sum.add(term);
    }
    return sum;
  }

  private static BigDecimal tan(BigDecimal x) {
    return sin(x).divide(sin(x.add(PI.divide(TWO))), DIGITS);
  }

  /** Newton's iteration. */
  private static BigDecimal asin(BigDecimal x, double guess) {
    BigDecimal y = new BigDecimal(guess);
    for (int i = 0; i < 3; i++) {
      BigDecimal cosine = sin(y.add(PI.divide(TWO)));
      y = y.subtract(sin(y).subtract(x).divide(cosine, DIGITS));
    }
    return y;
  }

  /** Newton's iteration. */
  private static BigDecimal atan(BigDecimal x, double guess) {
    BigDecimal y = new BigDecimal(guess);
    for (int i = 0; i < 3; i++) {
      BigDecimal cosine = sin(y.add(PI.divide(TWO)));
      BigDecimal miss = sin(y).subtract(x.multiply(cosine));
      y = y.subtract(miss.multiply(cosine), DIGITS);
    }
    return y;
  }
}
