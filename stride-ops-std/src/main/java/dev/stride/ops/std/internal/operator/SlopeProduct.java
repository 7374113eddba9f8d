package dev.stride.ops.std.internal.operator;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** A cotangent times the slope of a reduction, as a kernel and as an operator. */
final class SlopeProduct {

  private static final List<String> NAMES = List.of("x", "result", "statistic");

  private final List<Integer> used;
  private final Kernel kernel;
  private final ElementOperator operator;

  /**
   * A product.
   *
   * @param slope of operands 0 to 2, which are elements, result and statistic; elements are always
   *     taken, since the product has their shape
   */
  SlopeProduct(String name, Expression slope) {
    TreeMap<Integer, Integer> places = new TreeMap<>();
    Formula.Builder builder = Formula.named(name + "-adjoint").input("cotangent");
    Expressions.operands(Expressions.product(Expression.operand(0), slope))
        .forEach(operand -> places.put(operand, places.size() + 1));
    places.keySet().forEach(operand -> builder.input(NAMES.get(operand)));
    Expression product =
        Expressions.product(Expression.operand(0), Expressions.renumbered(slope, places));
    this.used = List.copyOf(places.keySet());
    this.kernel = Kernel.of(product, used.size() + 1);
    this.operator =
        new ElementOperator(
            builder.number("number").number("length").linearIn("cotangent").computes(product));
  }

  boolean uses(int operand) {
    return used.contains(operand);
  }

  Kernel kernel() {
    return kernel;
  }

  ElementOperator operator() {
    return operator;
  }

  /** What the kernel takes. */
  Tensor[] operands(Tensor v, Tensor x, Tensor y, Tensor s) {
    return chosen(v, List.of(x, y, s)).toArray(Tensor[]::new);
  }

  /** What the operator takes. */
  Object[] operands(
      Variable<Tensor> v, Variable<Tensor> x, Variable<Tensor> y, Variable<Tensor> s) {
    return chosen(v, List.of(x, y, s)).toArray();
  }

  private <T> List<T> chosen(T first, List<T> others) {
    List<T> chosen = new ArrayList<>(Collections.singletonList(first));
    used.forEach(operand -> chosen.add(others.get(operand)));
    return chosen;
  }
}
