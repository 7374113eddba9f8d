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
          of("tanh", Domain.ALL, "tanh(x)", "(1 - y) * (1 + y)"),
          of("sigmoid", Domain.ALL, "1 / (exp(-x) + 1)", "y * (1 - y)"),
          of("softplus", Domain.ALL, "greatest(x, 0) + log1p(exp(-fabs(x)))", "-expm1(-y)"),
          of("relu", Domain.NOT_ZERO, "greatest(x, 0)", "(y == 0 ? 0 : 1)"),
          of("abs", Domain.NOT_ZERO, "fabs(x)", "sgn(x)"),
          of("erf", Domain.ALL, "erf(x)", "C(1.1283791670955126) * exp(-x * x)"),
          pair("add", "1", "1", "a + b", "a", "b"),
          pair("subtract", "1", "-1", "a - b", "a", "b"),
          pair("multiply", "b", "a", "a * b"),
          new Formulas(where(), Formulas::choices),
          new Formulas(clamp(), () -> Domain.ALL.samples(-0.4, 0.75)));

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
        Domain.POSITIVE::pairs);
  }

  private static Formula where() {
    return Formula.named("stride.where")
        .auxiliary("condition")
        .input("a", "(condition == 0 ? 0 : 1)")
        .input("b", "(condition == 0 ? 1 : 0)")
        .linearIn("a", "b")
        .computes("condition == 0 ? b : a");
  }

  private static Formula clamp() {
    return Formula.named("stride.clamp")
        .input("x", "(x < low ? 0 : high < x ? 0 : 1)")
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
