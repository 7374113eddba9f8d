package dev.stride.ops.gpu.internal.operator;

import static java.util.Map.entry;

import dev.stride.api.DifferentiableOperator.VariableCall;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import java.util.Map;

/**
 * The adjoints of element-wise operators on variables, which are composed of such operators: {@code
 * g} times the slope that {@link Formulas} states, before it is summed over what was repeated.
 * Those that are not here cannot be differentiated twice on a device.
 */
final class Recipes {

  /** A gradient along one input. */
  @FunctionalInterface
  interface Recipe {

    /**
     * Composes it.
     *
     * @param call whose arguments and output the slope speaks of
     * @param g the cotangent
     * @param by the operators to compose it of
     */
    Variable<Tensor> gradient(VariableCall call, Variable<Tensor> g, Calculus by);
  }

  private static final double ERF = 1.1283791670955126;

  private static final Map<String, Map<String, Recipe>> ALL =
      Map.ofEntries(
          of("negate", (call, g, by) -> by.of("negate", g)),
          of("reciprocal", (call, g, by) -> by.of("negate", by.times(g, by.of("square", y(call))))),
          of("square", (call, g, by) -> by.scaled(by.times(g, x(call)), 2)),
          of("sqrt", (call, g, by) -> by.scaled(by.of("divide", g, y(call)), 0.5)),
          of("exp", (call, g, by) -> by.times(g, y(call))),
          of("expm1", (call, g, by) -> by.times(g, by.of("exp", x(call)))),
          of("log", (call, g, by) -> by.of("divide", g, x(call))),
          of("log1p", (call, g, by) -> by.of("divide", g, by.of("add", x(call), 1))),
          of("sin", (call, g, by) -> by.times(g, by.of("cos", x(call)))),
          of("cos", (call, g, by) -> by.of("negate", by.times(g, by.of("sin", x(call))))),
          of("tan", (call, g, by) -> by.times(g, by.of("add", by.of("square", y(call)), 1))),
          of("asin", (call, g, by) -> by.of("divide", g, circle(call, by))),
          of("acos", (call, g, by) -> by.of("negate", by.of("divide", g, circle(call, by)))),
          of(
              "atan",
              (call, g, by) -> by.of("divide", g, by.of("add", by.of("square", x(call)), 1))),
          of("sinh", (call, g, by) -> by.times(g, by.of("cosh", x(call)))),
          of("cosh", (call, g, by) -> by.times(g, by.of("sinh", x(call)))),
          of(
              "tanh",
              (call, g, by) ->
                  by.times(g, by.times(by.of("subtract", 1, y(call)), by.of("add", y(call), 1)))),
          of(
              "sigmoid",
              (call, g, by) -> by.times(g, by.times(y(call), by.of("subtract", 1, y(call))))),
          of(
              "softplus",
              (call, g, by) ->
                  by.of("negate", by.times(g, by.of("expm1", by.of("negate", y(call)))))),
          of("relu", (call, g, by) -> by.where(y(call), g)),
          of(
              "erf",
              (call, g, by) ->
                  by.scaled(
                      by.times(g, by.of("exp", by.of("negate", by.of("square", x(call))))), ERF)),
          of("scale", (call, g, by) -> by.scaled(g, call.value("factor", Number.class))),
          of("smooth-abs", (call, g, by) -> by.of("divide", by.times(g, x(call)), y(call))),
          pair("add", (call, g, by) -> g, (call, g, by) -> g),
          pair("subtract", (call, g, by) -> g, (call, g, by) -> by.of("negate", g)),
          pair(
              "multiply",
              (call, g, by) -> by.times(g, call.input("b")),
              (call, g, by) -> by.times(g, call.input("a"))),
          pair(
              "divide",
              (call, g, by) -> by.of("divide", g, call.input("b")),
              (call, g, by) ->
                  by.of(
                      "negate",
                      by.of(
                          "divide",
                          by.of("divide", by.times(g, call.input("a")), call.input("b")),
                          call.input("b")))),
          pair(
              "where",
              (call, g, by) -> by.where(call.input("condition"), g),
              (call, g, by) -> by.whereNot(call.input("condition"), g)));

  private Recipes() {}

  /** The recipes of an operator by input; empty if it has none. */
  static Map<String, Recipe> of(String operator) {
    return ALL.getOrDefault(operator, Map.of());
  }

  private static Map.Entry<String, Map<String, Recipe>> of(String name, Recipe x) {
    return entry("stride." + name, Map.of("x", x));
  }

  private static Map.Entry<String, Map<String, Recipe>> pair(String name, Recipe a, Recipe b) {
    return entry("stride." + name, Map.of("a", a, "b", b));
  }

  private static Variable<Tensor> x(VariableCall call) {
    return call.input("x");
  }

  private static Variable<Tensor> y(VariableCall call) {
    return call.output(Formula.RESULT, Tensor.class);
  }

  /** {@code sqrt((1 - x) (1 + x))}. */
  private static Variable<Tensor> circle(VariableCall call, Calculus by) {
    Variable<Tensor> product = by.times(by.of("subtract", 1, x(call)), by.of("add", x(call), 1));
    return by.of("sqrt", product);
  }
}
