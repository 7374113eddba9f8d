package dev.stride.ops.std.internal.shape;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.Work;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensors side by side along an axis.
 *
 * <p>The inputs are given as one list. For a cotangent {@code g} the adjoint is the part of {@code
 * g} where each input went.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>inputs (variadic)<td>any but [], equal but for the extent of the axis; at least
 *       one<td>any
 *   <tr><td>axis (optional, auxiliary)<td>whole number, default 0; negative ones count from the
 *       last axis<td>1
 *   <tr><td>y (output)<td>as the inputs, with the sum of their extents along the axis<td>as inputs
 * </table>
 *
 * <p>Saves shapes. Deterministic and stateless: one instance serves any number of concurrent calls.
 */
final class Concatenate
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Port AXIS = Port.auxiliary("axis", Number.class).optional();

  private static final Signature SIGNATURE =
      Signature.named("stride.concatenate")
          .input(Port.of("inputs").variadic())
          .input(AXIS)
          .output("y")
          .linearIn("inputs")
          .adjointNeeds()
          .build();

  static List<Sample> samples() {
    return List.of(
        Sample.of(List.of(normal(2, 3), normal(1, 3), normal(4, 3))),
        Sample.of(List.of(normal(2, 3, 2), normal(2, 1, 2)), 1).described("middle axis"),
        Sample.of(List.of(normal(3, 2), normal(3, 5)), -1).described("last axis"),
        Sample.of(List.of(normal(1))).described("one input of one element"),
        Sample.of(List.of(normal(2).times(1e6), normal(3).times(1e6))).described("large numbers"),
        Sample.of(List.of(normal(0, 3), normal(0, 3))).described("empty"),
        Sample.of(List.of(normal(1, 2, 1, 3), normal(2, 2, 1, 3))).described("rank 4"),
        Sample.of(List.of(normal(2, 3).times(1e-6), normal(1, 3).times(1e-6)))
            .described("small numbers"));
  }

  private static Tensor normal(int... extents) {
    return Singles.normal(Shape.of(extents));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> inputs = call.tensors("inputs");
    Joint joint = joint(inputs, call);
    for (int i = 1; i < inputs.size(); i++) {
      Operands.sameType(call, "inputs[0]", inputs.getFirst(), "inputs[" + i + "]", inputs.get(i));
    }
    return Outputs.of(joint.join(inputs)).saving(joint);
  }

  private static Joint joint(List<Tensor> inputs, OperatorCall call) {
    return Joint.of(inputs.stream().map(Tensor::shape).toList(), call);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Joint joint = call.saved(Joint.class);
    List<@Nullable Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < joint.regions().size(); i++) {
      boolean needed = call.needsGrad("inputs[" + i + "]");
      gradients.add(needed ? joint.part(call.cotangent(), i) : null);
    }
    return Gradients.of(gradients);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    List<Tensor> inputs = call.tensors("inputs");
    List<Tensor> directions = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      directions.add(call.direction("inputs[" + i + "]"));
    }
    return Outputs.of(joint(inputs, call).join(directions));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    List<Variable<Tensor>> inputs = new ArrayList<>();
    for (int i = 0; call.has("inputs[" + i + "]"); i++) {
      inputs.add(call.like("inputs[" + i + "]"));
    }
    Arguments arguments = Arguments.of(call.cotangent("y", Tensor.class)).with("inputs", inputs);
    if (call.has("axis")) {
      arguments = arguments.with("axis", call.value("axis", Number.class));
    }
    List<@Nullable Variable<Tensor>> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      boolean needed = call.needsGrad("inputs[" + i + "]");
      gradients.add(needed ? new PartOf().call(arguments.with("index", i)) : null);
    }
    return List.of(gradients);
  }

  @Override
  public Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      return Work.weight(adjoint.saved(Joint.class).whole().size(), 1);
    }
    return Work.weight(call.tensors("inputs").stream().mapToLong(Tensor::size).sum(), 1);
  }
}
