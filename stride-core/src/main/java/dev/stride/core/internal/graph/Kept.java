package dev.stride.core.internal.graph;

import dev.stride.api.spi.VectorSpace.Spec;
import org.jspecify.annotations.Nullable;

/**
 * What the adjoint of a call may ask for, in one array: the arguments by place, then the outputs if
 * the signature keeps any.
 */
final class Kept {

  private Kept() {}

  /**
   * In place of an argument that was dropped and has no node that knows its shape.
   *
   * @param spec its shape and type
   */
  record Dropped(Spec<?> spec) {}

  /** The array; null if there is nothing to keep. Arguments that are all needed are not copied. */
  static @Nullable Object @Nullable [] of(
      CallNode node,
      OperatorPlan plan,
      @Nullable Object[] arguments,
      Object[] outputs,
      Spaces spaces) {
    if (plan.keepsArguments()) {
      return arguments;
    }
    return plan.keepsNothing() ? null : some(node, plan, arguments, outputs, spaces);
  }

  private static @Nullable Object @Nullable [] some(
      CallNode node,
      OperatorPlan plan,
      @Nullable Object[] arguments,
      Object[] outputs,
      Spaces spaces) {
    int places = arguments.length;
    @Nullable Object[] kept =
        new @Nullable Object[places + (plan.keepsOutputs() ? outputs.length : 0)];
    boolean any = plan.keepsOutputs();
    for (int place = 0; place < places; place++) {
      kept[place] = argument(node, plan, place, arguments[place], spaces);
      any |= kept[place] != null;
    }
    for (int output = 0; plan.keepsOutputs() && output < outputs.length; output++) {
      kept[places + output] = plan.keepsOutput(output) ? outputs[output] : null;
    }
    return any ? kept : null;
  }

  private static @Nullable Object argument(
      CallNode node, OperatorPlan plan, int place, @Nullable Object value, Spaces spaces) {
    if (value == null || plan.keeps(node.layout().portIndex(place))) {
      return value;
    }
    boolean shapeIsKnown = plan.differentiable() == null || node.next(place) != null;
    return shapeIsKnown ? null : new Dropped(spaces.spec(value));
  }
}
