package dev.stride.ops.std.internal.operator;

import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Expression.Binary;
import dev.stride.ops.std.internal.kernel.Expression.Choice;
import dev.stride.ops.std.internal.kernel.Expression.Constant;
import dev.stride.ops.std.internal.kernel.Expression.Operand;
import dev.stride.ops.std.internal.kernel.Expression.Parameter;
import dev.stride.ops.std.internal.kernel.Expression.Unary;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** What operators ask of expressions. */
final class Expressions {

  /** Simple arithmetic steps that an elementary function takes. */
  private static final long ELEMENTARY = 16;

  private Expressions() {}

  private static List<Expression> parts(Expression expression) {
    return switch (expression) {
      case Operand operand -> List.of();
      case Parameter parameter -> List.of();
      case Constant constant -> List.of();
      case Unary(UnaryFunction function, Expression x) -> List.of(x);
      case Binary(BinaryFunction function, Expression a, Expression b) -> List.of(a, b);
      case Choice(var comparison, Expression a, Expression b, Expression yes, Expression no) ->
          List.of(a, b, yes, no);
      case Expression.Step step -> throw lowered(step);
    };
  }

  /** Numbers of the operands that an expression refers to, in order. */
  static Set<Integer> operands(Expression expression) {
    Set<Integer> found = new TreeSet<>();
    collect(expression, found);
    return found;
  }

  private static void collect(Expression expression, Set<Integer> into) {
    if (expression instanceof Operand(int index)) {
      into.add(index);
    }
    parts(expression).forEach(part -> collect(part, into));
  }

  /** Simple arithmetic steps. */
  static long cost(Expression expression) {
    long inner = parts(expression).stream().mapToLong(Expressions::cost).sum();
    return switch (expression) {
      case Operand operand -> 0;
      case Parameter parameter -> 0;
      case Constant constant -> 0;
      case Unary unary -> inner + (unary.function().isExact() ? 1 : ELEMENTARY);
      case Binary binary -> inner + (binary.function().isExact() ? 1 : ELEMENTARY);
      case Choice choice -> inner + 1;
      case Expression.Step step -> throw lowered(step);
    };
  }

  /** Whether it computes a power, which costs several times what any other function does. */
  static boolean hasPower(Expression expression) {
    return (expression instanceof Binary(BinaryFunction function, var a, var b)
            && function == BinaryFunction.POW)
        || parts(expression).stream().anyMatch(Expressions::hasPower);
  }

  /** The expression with other numbers for its operands. */
  static Expression renumbered(Expression expression, Map<Integer, Integer> places) {
    return substituted(
        expression,
        index -> Expression.operand(places.getOrDefault(index, index)),
        Expression::parameter);
  }

  /** The expression with something else for its operands and parameters. */
  static Expression substituted(
      Expression expression, IntFunction<Expression> operands, IntFunction<Expression> parameters) {
    UnaryOperator<Expression> inner = part -> substituted(part, operands, parameters);
    return switch (expression) {
      case Operand(int index) -> operands.apply(index);
      case Parameter(int index) -> parameters.apply(index);
      case Constant constant -> constant;
      case Unary(UnaryFunction function, Expression x) -> function.of(inner.apply(x));
      case Binary(BinaryFunction function, Expression a, Expression b) ->
          function.of(inner.apply(a), inner.apply(b));
      case Choice(var comparison, Expression a, Expression b, Expression yes, Expression no) ->
          new Choice(comparison, inner.apply(a), inner.apply(b), inner.apply(yes), inner.apply(no));
      case Expression.Step step -> throw lowered(step);
    };
  }

  /**
   * How many expressions these consist of when they are written out, so that nothing is shared.
   * Takes no longer for formulas that share much.
   */
  static double written(Collection<Expression> expressions) {
    Map<Expression, Double> known = new IdentityHashMap<>();
    return expressions.stream().mapToDouble(each -> written(each, known)).sum();
  }

  private static double written(Expression expression, Map<Expression, Double> known) {
    Double before = known.get(expression);
    if (before != null) {
      return before;
    }
    double size = 1;
    for (Expression part : parts(expression)) {
      size += written(part, known);
    }
    known.put(expression, size);
    return size;
  }

  private static IllegalArgumentException lowered(Expression.Step step) {
    return new IllegalArgumentException("operators are made of functions, not of steps: " + step);
  }

  /**
   * {@code v * slope}, within each branch of a choice, so that a branch of zeros gives zeros even
   * where {@code v} is not finite.
   */
  static Expression product(Expression v, Expression slope) {
    return slope instanceof Choice(var comparison, var a, var b, var yes, var no)
        ? new Choice(comparison, a, b, product(v, yes), product(v, no))
        : v.times(slope);
  }
}
