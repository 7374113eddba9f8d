package dev.stride.ops.std.internal.loss;

import dev.stride.ops.std.internal.kernel.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ElementLoss} sums: a function {@code rho} of each element of a tensor, or of the
 * difference of two. Immutable.
 *
 * @param inputs one name or two
 * @param numbers that the function refers to as parameters, in their order
 * @param rho the function
 */
record LossFormula(
    String name,
    List<String> inputs,
    List<Coefficient> numbers,
    Function<Expression, Expression> rho) {

  LossFormula {
    inputs = List.copyOf(inputs);
    numbers = List.copyOf(numbers);
  }

  /** A number, with its value where it is left out; null if it must be given. */
  record Coefficient(String name, @Nullable Double fallback) {}

  /** Of the residual {@code modelled - observed}. */
  static LossFormula ofResidual(String name, Function<Expression, Expression> rho) {
    return new LossFormula(name, List.of("modelled", "observed"), List.of(), rho);
  }

  /** Of one tensor. */
  static LossFormula of(String name, String input, Function<Expression, Expression> rho) {
    return new LossFormula(name, List.of(input), List.of(), rho);
  }

  /** This formula with a number more. */
  LossFormula number(String port) {
    return with(new Coefficient(port, null));
  }

  /** This formula with a number more that may be left out. */
  LossFormula number(String port, double fallback) {
    return with(new Coefficient(port, fallback));
  }

  private LossFormula with(Coefficient number) {
    List<Coefficient> more = new ArrayList<>(numbers);
    more.add(number);
    return new LossFormula(name, inputs, more, rho);
  }

  /** The terms of the sum, without weights, of operands that begin at {@code first}. */
  Expression terms(int first) {
    Expression one = Expression.operand(first);
    return rho.apply(inputs.size() == 1 ? one : one.minus(Expression.operand(first + 1)));
  }
}
