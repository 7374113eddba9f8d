package dev.stride.ops.std.internal.kernel;

import dev.stride.ops.std.internal.kernel.Expression.Binary;
import dev.stride.ops.std.internal.kernel.Expression.Choice;
import dev.stride.ops.std.internal.kernel.Expression.Constant;
import dev.stride.ops.std.internal.kernel.Expression.Operand;
import dev.stride.ops.std.internal.kernel.Expression.Parameter;
import dev.stride.ops.std.internal.kernel.Expression.Step.Bits;
import dev.stride.ops.std.internal.kernel.Expression.Step.Fused;
import dev.stride.ops.std.internal.kernel.Expression.Step.Limited;
import dev.stride.ops.std.internal.kernel.Expression.Unary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The expressions that an expression is made of. */
final class Parts {

  private Parts() {}

  /** What is computed before the expression itself, in this order. */
  static List<Expression> of(Expression expression) {
    return switch (expression) {
      case Operand operand -> List.of();
      case Parameter parameter -> List.of();
      case Constant constant -> List.of();
      case Unary(var function, Expression x) -> List.of(x);
      case Binary(var function, Expression a, Expression b) -> List.of(a, b);
      case Choice(var comparison, Expression a, Expression b, Expression yes, Expression no) ->
          List.of(a, b, yes, no);
      case Fused(Expression a, Expression b, Expression c) -> List.of(a, b, c);
      case Bits(var operation, Expression x, long amount) -> List.of(x);
      case Limited(double limit, var function, Expression x, Expression steps) -> List.of(x, steps);
    };
  }

  /** The expression and all that it is made of, each object once. */
  static Collection<Expression> all(Expression expression) {
    Map<Expression, Expression> found = new IdentityHashMap<>();
    collect(expression, found);
    return found.keySet();
  }

  private static void collect(Expression expression, Map<Expression, Expression> found) {
    if (found.put(expression, expression) == null) {
      of(expression).forEach(part -> collect(part, found));
    }
  }

  /** The same expression of other parts. */
  private static Expression with(Expression expression, List<Expression> parts) {
    return switch (expression) {
      case Operand operand -> operand;
      case Parameter parameter -> parameter;
      case Constant constant -> constant;
      case Unary unary -> unary.function().of(parts.get(0));
      case Binary binary -> binary.function().of(parts.get(0), parts.get(1));
      case Choice choice ->
          new Choice(choice.comparison(), parts.get(0), parts.get(1), parts.get(2), parts.get(3));
      case Fused fused -> new Fused(parts.get(0), parts.get(1), parts.get(2));
      case Bits bits -> new Bits(bits.operation(), parts.get(0), bits.amount());
      case Limited limited ->
          new Limited(limited.limit(), limited.function(), parts.get(0), parts.get(1));
    };
  }

  /** What an expression is but for its parts. */
  private static Object kind(Expression expression) {
    return switch (expression) {
      case Unary unary -> unary.function();
      case Binary binary -> binary.function();
      case Choice choice -> choice.comparison();
      case Fused fused -> Fused.class;
      case Bits bits -> List.of(bits.operation(), bits.amount());
      case Limited limited -> List.of(limited.function(), limited.limit());
      case Operand operand -> operand;
      case Parameter parameter -> parameter;
      case Constant constant -> constant;
    };
  }

  /** Changes expressions from their parts upwards, each object once, however often it occurs. */
  static final class Change {

    /** What becomes of an expression whose parts are changed already. */
    @FunctionalInterface
    interface Rule {
      Expression changed(Expression expression);
    }

    private final Rule rule;
    private final Map<Expression, Expression> done = new IdentityHashMap<>();

    Change(Rule rule) {
      this.rule = rule;
    }

    Expression of(Expression expression) {
      Expression known = done.get(expression);
      if (known == null) {
        List<Expression> parts = new ArrayList<>();
        Parts.of(expression).forEach(part -> parts.add(of(part)));
        known = rule.changed(with(expression, parts));
        done.put(expression, known);
      }
      return known;
    }
  }

  /**
   * The same expression with equal parts being the same object, so that nobody has to compare
   * formulas that are large when they are written out.
   */
  static Expression shared(Expression expression) {
    Map<Key, Expression> first = new HashMap<>();
    Map<Expression, Integer> numbers = new IdentityHashMap<>();
    return new Change(
            part -> {
              List<Integer> parts = new ArrayList<>();
              of(part).forEach(inner -> parts.add(numbers.getOrDefault(inner, -1)));
              Expression same = first.computeIfAbsent(new Key(kind(part), parts), key -> part);
              numbers.putIfAbsent(same, numbers.size());
              return same;
            })
        .of(expression);
  }

  /** A kind of expression, of parts that have been numbered. */
  private record Key(Object kind, List<Integer> parts) {}
}
