package dev.stride.ops.std.internal.reduction;

import dev.stride.api.Arguments;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;
import java.util.Map;

/** How many elements of a slice are the same as its result. */
final class Ties {

  private static final Expression EQUAL =
      Expression.operand(0)
          .ifEqual(Expression.operand(1), Expression.constant(1), Expression.constant(0));

  private static final Kernel KERNEL = Kernel.of(EQUAL, 2);

  private Ties() {}

  static Tensor count(Tensor x, Tensor y, Axes axes, Parallel parallel) {
    return Reduction.sum(KERNEL.terms(x, y), axes, 1, parallel);
  }

  /**
   * The same on variables; its derivative is 0.
   *
   * @param axes arguments of the sum
   */
  static Variable<Tensor> count(Variable<Tensor> x, Variable<Tensor> y, Arguments axes) {
    Variable<Tensor> equal =
        new ElementOperator(Formula.named("stride.equal").input("a").input("b").computes(EQUAL))
            .call(x, y);
    return new Sum().call(of(equal, axes));
  }

  /** A tensor and other arguments. */
  static Arguments of(Variable<Tensor> x, Arguments others) {
    Arguments all = Arguments.of(x);
    for (Map.Entry<String, Object> other : others.named().entrySet()) {
      all = all.with(other.getKey(), other.getValue());
    }
    return all;
  }
}
