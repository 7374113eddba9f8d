package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;

/**
 * The part of a whole where one of the inputs of a concatenation went, for gradients of gradients.
 * Only the shapes of {@code inputs} are used.
 */
final class PartOf extends LinearOperator {

  PartOf() {
    super(
        "stride.part-of",
        Port.auxiliary("index", Number.class),
        Port.auxiliary("axis", Number.class).optional(),
        Port.auxiliary("inputs", Tensor.class).variadic());
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Joint joint = Joint.of(call.tensors("inputs").stream().map(Tensor::shape).toList(), call);
    if (!x.equals(joint.whole())) {
      throw new IllegalArgumentException(
          Operands.shapes(call, "x", x, "inputs", joint.whole())
              + " side by side; both must be equal. Give the inputs that make `x`.");
    }
    return new RegionMap(joint.whole(), joint.regions().get(call.integer("index")));
  }
}
