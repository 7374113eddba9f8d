package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;

/** The linear part of {@link PadConstant}: padding by zeros. Its transpose crops. */
final class PadZero extends LinearOperator {

  PadZero() {
    super("stride.pad-zero", Widths.PORT);
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return new Transposed(PadConstant.inside(x, call));
  }
}
