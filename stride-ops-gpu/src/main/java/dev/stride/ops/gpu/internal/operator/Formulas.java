package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.List;
import java.util.function.Supplier;

/**
 * The element-wise operators: names, ports, values and slopes are those of the standard pack, whose
 * documentation holds for them too.
 *
 * @param formula what it computes
 * @param samples what it is checked at
 */
record Formulas(Formula formula, Supplier<List<Sample>> samples) {

  /** Some drivers do not reach the limits of the hyperbolic tangent. */
  static final List<Formulas> ALL =
      List.of(
          of("negate", Domain.ALL, "-x", "-1", "x"),
          of("reciprocal", Domain.NOT_ZERO, "1 / x", "-y * y"),
          of("square", Domain.ALL, "x * x", "2 * x"),
          of("sqrt", Domain.POSITIVE, "sqrt(x)", "C(0.5) / y"),
          of("exp", Domain.ALL, "exp(x)", "y"),
          of("expm1", Domain.ALL, "expm1(x)", "exp(x)"),
          of("log", Domain.POSITIVE, "log(x)", "1 / x"),
          of("log1p", Domain.UNIT, "log1p(x)", "1 / (1 + x)"),
          of("sin", Domain.ALL, "sin(x)", "cos(x)"),
          of("cos", Domain.ALL, "cos(x)", "-sin(x)"),
          of("tan", Domain.UNIT, "tan(x)", "y * y + 1"),
          of("asin", Domain.UNIT, "asin(x)", "1 / sqrt((1 - x) * (1 + x))"),
          of("acos", Domain.UNIT, "acos(x)", "-1 / sqrt((1 - x) * (1 + x))"),
          of("atan", Domain.ALL, "atan(x)", "1 / (x * x + 1)"),
          of("sinh", Domain.ALL, "sinh(x)", "cosh(x)"),
          of("cosh", Domain.ALL, "cosh(x)", "sinh(x)"),
          of("tanh", Domain.ALL, "fabs(x) < 20 ? tanh(x) : sgn(x)", "(1 - y) * (1 + y)"),
          of("sigmoid", Domain.ALL, "1 / (exp(-x) + 1)", "y * (1 - y)"),
          of("softplus", Domain.ALL, "greatest(x, 0) + log1p(exp(-fabs(x)))", "-expm1(-y)"),
          of("relu", Domain.NOT_ZERO, "greatest(x, 0)", "y == 0 ? 0 : cotangent"),
          of("abs", Domain.NOT_ZERO, "fabs(x)", "sgn(x)"),
          of("erf", Domain.ALL, "erf(x)", "C(1.1283791670955126) * exp(-x * x)"),
          pair("add", "1", "1", "a + b", "a", "b"),
          pair("subtract", "1", "-1", "a - b", "a", "b"),
          new Formulas(product(), Domain.POSITIVE::pairs),
          pair("divide", "1 / b", "-(a / b / b)", "a / b", "a"),
          pair("atan2", over("b"), "-(" + over("a") + ")", "atan2(a, b)"),
          pair("minimum", chosen("a < b"), chosen("b < a || a != a || b != b"), "least(a, b)"),
          pair("maximum", chosen("b < a"), chosen("a < b || a != a || b != b"), "greatest(a, b)"),
          new Formulas(power(), Domain.POSITIVE::twoPairs),
          new Formulas(where(), Formulas::choices),
          new Formulas(mask(), Formulas::masked),
          new Formulas(scale(), () -> Domain.ALL.samples(0.3)),
          new Formulas(leakyRelu(), () -> Domain.NOT_ZERO.samples(0.1)),
          new Formulas(smoothAbs(), () -> Domain.ALL.samples(0.3)),
          new Formulas(clamp(), () -> Domain.ALL.samples(-0.4, 0.75)));

  /** The formula of an operator. */
  static Formula named(String operator) {
    return ALL.stream()
        .map(Formulas::formula)
        .filter(formula -> formula.name().equals(operator))
        .findFirst()
        .orElseThrow();
  }

  private static Formulas of(
      String name, Domain domain, String value, String slope, String... linearIn) {
    return new Formulas(
        Formula.named("stride." + name).input("x", slope).linearIn(linearIn).computes(value),
        domain::samples);
  }

  private static Formulas pair(
      String name, String slopeA, String slopeB, String value, String... linearIn) {
    return new Formulas(
        Formula.named("stride." + name)
            .input("a", slopeA)
            .input("b", slopeB)
            .linearIn(linearIn)
            .computes(value),
        Domain.POSITIVE::twoPairs);
  }

  private static Formula product() {
    return Formula.named("stride.multiply")
        .input("a", "b")
        .input("b", "a")
        .linearIn("a", "b")
        .computes("a * b");
  }

  /** One of the derivatives of an angle. */
  private static String over(String side) {
    return side + " / hypot(a, b) / hypot(a, b)";
  }

  /** Where the condition holds an argument is the result; at a tie each of both counts for half. */
  private static String chosen(String condition) {
    return condition + " ? cotangent : a == b ? C(0.5) * cotangent : 0";
  }

  private static Formula power() {
    return Formula.named("stride.power")
        .input("x", "exponent == 0 ? 0 : cotangent * (exponent * power(x, exponent - 1))")
        .input(
            "exponent", "x == 0 && !(exponent < 0) ? 0 : cotangent * (power(x, exponent) * log(x))")
        .computes("power(x, exponent)");
  }

  private static Formula where() {
    return Formula.named("stride.where")
        .auxiliary("condition")
        .input("a", "condition == 0 ? 0 : cotangent")
        .input("b", "condition == 0 ? cotangent : 0")
        .linearIn("a", "b")
        .computes("condition == 0 ? b : a");
  }

  private static Formula mask() {
    return Formula.named("stride.mask")
        .input("x", "mask == 0 ? 0 : cotangent * mask")
        .auxiliary("mask")
        .linearIn("x")
        .computes("mask == 0 ? 0 : x * mask");
  }

  private static Formula scale() {
    return Formula.named("stride.scale")
        .input("x", "factor")
        .number("factor", null)
        .linearIn("x")
        .computes("x * factor");
  }

  private static Formula leakyRelu() {
    return Formula.named("stride.leaky-relu")
        .input("x", "0 < x ? cotangent : cotangent * slope")
        .number("slope", 0.01)
        .computes("0 < x ? x : x * slope");
  }

  private static Formula smoothAbs() {
    return Formula.named("stride.smooth-abs")
        .input("x", "x / y")
        .number("epsilon", null)
        .checked(Formulas::requirePositiveEpsilon)
        .computes("hypot(x, epsilon)");
  }

  private static Formula clamp() {
    return Formula.named("stride.clamp")
        .input("x", "x < low || high < x ? 0 : cotangent")
        .number("low", null)
        .number("high", null)
        .checked(Formulas::requireOrder)
        .computes("least(greatest(x, low), high)");
  }

  private static List<Sample> choices() {
    return List.of(
        choice(Shape.of(4, 7), Shape.of(4, 7), Shape.of(4, 7)),
        choice(Shape.of(7), Shape.of(4, 7), Shape.SCALAR).described("all are repeated"));
  }

  private static Sample choice(Shape condition, Shape a, Shape b) {
    Tensor mask = Domain.ALL.of(condition, 24).map(v -> v > 0 ? 1 : 0);
    return Sample.of(mask, Domain.ALL.of(a, 21), Domain.ALL.of(b, 22));
  }

  private static List<Sample> masked() {
    return List.of(
        masked(Shape.of(4, 7), Shape.of(4, 7)),
        masked(Shape.of(3, 4, 7), Shape.of(4, 7)).described("one mask for all"),
        masked(Shape.SCALAR, Shape.of(3)).described("a number spread over a mask"));
  }

  private static Sample masked(Shape x, Shape mask) {
    return Sample.of(Domain.ALL.of(x, 21), Domain.ALL.of(mask, 40).map(v -> Math.max(0, v + 0.5)));
  }

  private static void requirePositiveEpsilon(OperatorCall call) {
    if (!(call.number("epsilon") > 0)) {
      throw Operands.wrong(
          call,
          "`epsilon` is "
              + call.number("epsilon")
              + "; it must be positive. Use stride.abs where no smoothing is wanted.");
    }
  }

  private static void requireOrder(OperatorCall call) {
    if (!(call.number("low") <= call.number("high"))) {
      throw Operands.wrong(
          call,
          "`low` is "
              + call.number("low")
              + " and `high` is "
              + call.number("high")
              + "; it must be low <= high. Exchange them, or use an infinity for no bound.");
    }
  }
}
