package dev.stride.ops.std.internal.reduction;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;

/** Absolute values on variables. */
final class Magnitudes {

  private Magnitudes() {}

  static Variable<Tensor> of(Variable<Tensor> x) {
    return new ElementOperator(
            Formula.named("stride.abs")
                .input("x")
                .computes(UnaryFunction.ABS.of(Expression.operand(0))))
        .call(x);
  }
}
