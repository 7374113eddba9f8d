package dev.stride.ops.std.internal.operator;

import dev.stride.api.Fusion;
import dev.stride.api.Fusion.Source;
import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Formula} of calls whose operators have one each.
 *
 * <p>Its value is the last call's, with the formulas of those before in place of their results. A
 * cotangent goes through the calls from the last to the first, as it would in an adjoint run, so
 * that products and sums of gradients are those of the calls one after the other.
 */
final class JoinedFormulas {

  /** Expressions that a formula and its gradients may consist of: more would not be compiled. */
  private static final double MOST_EXPRESSIONS = 4096;

  private final Fusion fusion;
  private final int last;
  private final boolean keepsResult;
  private final List<Formula> formulas = new ArrayList<>();
  private final int[] placeOf;
  private final int tensors;
  private final Expression[] values;
  private final @Nullable Expression[] cotangents;
  private final @Nullable Expression[] gradients;

  private JoinedFormulas(Fusion fusion, int last, boolean keepsResult, int[] placeOf) {
    this.fusion = fusion;
    this.last = last;
    this.keepsResult = keepsResult;
    this.placeOf = placeOf;
    this.tensors = (int) fusion.inputs().stream().filter(JoinedFormulas::isTensor).count();
    this.values = new Expression[last + 1];
    this.cotangents = new @Nullable Expression[last + 1];
    this.gradients = new @Nullable Expression[fusion.inputs().size()];
  }

  /** The formula of all calls; null if there is none. Its adjoint may ask for the result. */
  static @Nullable Formula of(Fusion fusion) {
    return of(fusion, fusion.steps().size() - 1, true);
  }

  /** The formula of all calls but the last; its adjoint does not ask for the result. */
  static @Nullable Formula ofAllButLast(Fusion fusion) {
    return of(fusion, fusion.steps().size() - 2, false);
  }

  private static @Nullable Formula of(Fusion fusion, int last, boolean keepsResult) {
    int[] placeOf = places(fusion.inputs());
    JoinedFormulas joined = new JoinedFormulas(fusion, last, keepsResult, placeOf);
    return joined.knowsAll() ? joined.formula() : null;
  }

  /** The number of each input among the tensors, or among the numbers. */
  private static int[] places(List<Port> inputs) {
    int[] places = new int[inputs.size()];
    int tensors = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = isTensor(inputs.get(i)) ? tensors++ : i - tensors;
    }
    return places;
  }

  private static boolean isTensor(Port port) {
    return port.type() == Tensor.class;
  }

  /** Whether all are formulas; powers only at the end, since adjoints compute what is before it. */
  private boolean knowsAll() {
    for (int step = 0; step <= last; step++) {
      if (!(fusion.steps().get(step).operator() instanceof FormulaOperator operator)
          || (step < last && Expressions.hasPower(operator.formula().value()))) {
        return false;
      }
      formulas.add(operator.formula());
    }
    return last >= 0 && fusion.inputs().stream().allMatch(port -> isTensor(port) || isNumber(port));
  }

  private static boolean isNumber(Port port) {
    return Number.class.isAssignableFrom(port.type());
  }

  private @Nullable Formula formula() {
    for (int step = 0; step <= last; step++) {
      values[step] = at(step, formulas.get(step).value(), null);
    }
    cotangents[last] = Expression.operand(tensors + 1);
    for (int step = last; step >= 0; step--) {
      passOn(step);
    }
    return isSmall() ? built() : null;
  }

  private boolean isSmall() {
    List<Expression> all = new ArrayList<>(Arrays.asList(values));
    for (Expression gradient : gradients) {
      if (gradient != null) {
        all.add(gradient);
      }
    }
    return Expressions.written(all) <= MOST_EXPRESSIONS;
  }

  /** Adds to the cotangents of what a call takes. */
  private void passOn(int step) {
    Expression cotangent = cotangents[step];
    List<Formula.Input> inputs = formulas.get(step).inputs();
    for (int i = 0; cotangent != null && i < inputs.size(); i++) {
      Formula.Slope slope = formulas.get(step).slope(i);
      if (inputs.get(i).differentiable() && !slope.isZero()) {
        Expression part = at(step, slope.product(), cotangent);
        switch (source(step, inputs.get(i).name())) {
          case Source.Before(int before) -> cotangents[before] = sum(cotangents[before], part);
          case Source.Outside(int input) -> gradients[input] = sum(gradients[input], part);
          case Source.LeftOut none -> throw leftOut();
        }
      }
    }
  }

  private static Expression sum(@Nullable Expression before, Expression part) {
    return before == null ? part : before.plus(part);
  }

  /** An expression of a call's own operands in terms of what goes in from outside. */
  private Expression at(int step, Expression expression, @Nullable Expression cotangent) {
    Formula formula = formulas.get(step);
    return Expressions.substituted(
        expression,
        operand -> {
          if (operand == formula.cotangent() && cotangent != null) {
            return cotangent;
          }
          if (operand == formula.result()) {
            return step == last && keepsResult ? Expression.operand(tensors) : values[step];
          }
          return value(source(step, formula.inputs().get(operand).name()));
        },
        parameter -> number(step, formula.numbers().get(parameter)));
  }

  private Source source(int step, String port) {
    return fusion.steps().get(step).argument(port);
  }

  private IllegalArgumentException leftOut() {
    return new IllegalArgumentException(fusion.name() + ": a tensor was left out");
  }

  private Expression value(Source source) {
    return switch (source) {
      case Source.Before(int before) -> values[before];
      case Source.Outside(int input) -> Expression.operand(placeOf[input]);
      case Source.LeftOut none -> throw leftOut();
    };
  }

  private Expression number(int step, Formula.Coefficient number) {
    Double fallback = number.fallback();
    return switch (fusion.steps().get(step).argument(number.name())) {
      case Source.Outside(int input) -> Expression.parameter(placeOf[input]);
      default -> Expression.constant(fallback == null ? Double.NaN : fallback);
    };
  }

  private Formula built() {
    Formula.Builder builder = Formula.named(fusion.name());
    for (int i = 0; i < gradients.length; i++) {
      Port port = fusion.inputs().get(i);
      if (!isTensor(port)) {
        builder.number(port.name());
      } else if (port.differentiable()) {
        Expression gradient = gradients[i];
        builder.input(port.name());
        builder.product(port.name(), gradient == null ? Expression.constant(0) : gradient);
      } else {
        builder.auxiliary(port.name());
      }
    }
    return builder.checked(this::check).computes(values[last]);
  }

  private void check(OperatorCall call) {
    for (int step = 0; step <= last; step++) {
      formulas.get(step).check(fusion.within(call, step));
    }
  }
}
