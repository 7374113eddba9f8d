package dev.stride.ops.std.internal.space;

import dev.stride.api.Arguments;
import dev.stride.api.DifferentiableOperator.VariableCall;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.TransposedOperator;
import java.util.ArrayList;
import java.util.List;

/** Calls of differences on variables, with the spacing of the call that they are made for. */
record GridCall(List<Number> spacing, int order, Edge edge) {

  static GridCall of(VariableCall call, int order, Edge edge) {
    List<Number> spacing = new ArrayList<>();
    for (int i = 0; call.has("spacing[" + i + "]"); i++) {
      spacing.add(call.value("spacing[" + i + "]", Number.class));
    }
    return new GridCall(spacing, order, edge);
  }

  /** The operator of a field. */
  Variable<Tensor> apply(LinearOperator operator, Variable<Tensor> x) {
    return operator.call(with(Arguments.of(x)));
  }

  /** The transpose of the operator, back to the shape of {@code x}. */
  Variable<Tensor> transpose(
      LinearOperator operator, Variable<Tensor> cotangent, Variable<Tensor> x) {
    return new TransposedOperator(operator).call(with(Arguments.of(cotangent, x.detach())));
  }

  private Arguments with(Arguments arguments) {
    return arguments.with("spacing", spacing).with("order", order).with("edge", edge.toString());
  }
}
