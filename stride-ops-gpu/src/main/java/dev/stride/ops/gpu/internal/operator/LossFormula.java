package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ElementLoss} sums, in OpenCL C: terms of each element of one tensor, or of the
 * residual {@code r} of two. Immutable.
 *
 * @param inputs one name or two
 * @param numbers that the expressions refer to
 * @param terms of the sum, without weights
 * @param divisor that the sum is divided by
 * @param slope of the terms along the first input
 * @param rule that arguments must keep
 */
record LossFormula(
    String name,
    List<String> inputs,
    List<Coefficient> numbers,
    String terms,
    double divisor,
    String slope,
    Rule rule) {

  private static final String RESIDUAL = "(modelled - observed)";

  LossFormula {
    inputs = List.copyOf(inputs);
    numbers = List.copyOf(numbers);
  }

  /** A number, with its value where it is left out; null if it must be given. */
  record Coefficient(String name, @Nullable Double fallback) {}

  /** Looks at the arguments of a call; an error if they break a rule. */
  @FunctionalInterface
  interface Rule {
    void check(OperatorCall call, Tensor first, Elements elements, Reduction sums);
  }

  /** Of the residual {@code r}. */
  static LossFormula ofResidual(String name, String terms, double divisor, String slope) {
    return new LossFormula(
        name,
        List.of("modelled", "observed"),
        List.of(),
        ofArguments(terms),
        divisor,
        ofArguments(slope),
        (call, first, elements, sums) -> {});
  }

  private static String ofArguments(String text) {
    return text.replaceAll("\\br\\b", RESIDUAL);
  }

  /** Of one tensor. */
  static LossFormula of(String name, String input, String terms, String slope) {
    return new LossFormula(
        name, List.of(input), List.of(), terms, 1, slope, (call, first, elements, sums) -> {});
  }

  /** This formula with a number more, which may be left out where there is a fallback. */
  LossFormula number(String port, @Nullable Double fallback) {
    List<Coefficient> more = new ArrayList<>(numbers);
    more.add(new Coefficient(port, fallback));
    return new LossFormula(name, inputs, more, terms, divisor, slope, rule);
  }

  /** This formula with a rule for its arguments. */
  LossFormula checked(Rule given) {
    return new LossFormula(name, inputs, numbers, terms, divisor, slope, given);
  }

  void check(OperatorCall call, Tensor first, Elements elements, Reduction sums) {
    rule.check(call, first, elements, sums);
  }
}
