package dev.stride.core.internal.engine;

import dev.stride.api.Device;
import dev.stride.api.FusibleOperator;
import dev.stride.api.Port.Arity;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.List;

/**
 * An operator ready to be called.
 *
 * @param plan of the implementation that is used unless another one fits the inputs better
 * @param choices every implementation of the operator's name; empty for a user's own operator
 * @param variadicAt index of the first input that takes several values; the number of inputs if
 *     none
 */
record Callee(OperatorPlan plan, List<Choice> choices, int variadicAt) {

  static Callee of(OperatorPlan plan, List<Choice> choices) {
    var inputs = plan.signature().inputs();
    int variadicAt = 0;
    while (variadicAt < inputs.size() && inputs.get(variadicAt).arity() != Arity.VARIADIC) {
      variadicAt++;
    }
    return new Callee(plan, choices, variadicAt);
  }

  /** Whether it can become part of a call that does what several did. */
  boolean isFusible() {
    Layout outputs = plan.outputs();
    return plan.worker() instanceof FusibleOperator<?> && outputs != null && outputs.size() == 1;
  }

  /**
   * One implementation.
   *
   * @param device where it computes
   */
  record Choice(Device device, OperatorPlan plan) {}
}
