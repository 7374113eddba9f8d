package dev.stride.ops.std.internal.shape;

import dev.stride.api.AdjointCall;
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
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensors of one shape behind one another along a new axis.
 *
 * <p>Computes {@code y[..., k, ...] = inputs[k][..., ...]}. For a cotangent {@code g} the adjoint
 * of input {@code k} is {@code g[..., k, ...]}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>inputs (variadic)<td>any, all equal; at least one<td>any
 *   <tr><td>axis (optional, auxiliary)<td>place of the new axis in y, whole number, default 0;
 *       negative ones count from the last axis of y<td>1
 *   <tr><td>y (output)<td>as the inputs, with their number as a further extent<td>as inputs
 * </table>
 *
 * <p>Saves shapes. Deterministic and stateless: one instance serves any number of concurrent calls.
 */
final class Stack
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.stack")
          .input(Port.of("inputs").variadic())
          .input(Port.auxiliary("axis", Number.class).optional())
          .output("y")
          .linearIn("inputs")
          .adjointNeeds()
          .build();

  static List<Sample> samples() {
    return List.of(
        Sample.of(List.of(normal(2, 3), normal(2, 3), normal(2, 3))),
        Sample.of(List.of(normal(2, 3), normal(2, 3).times(2)), 1).described("middle axis"),
        Sample.of(List.of(normal(3), normal(3).times(3)), -1).described("last axis"),
        Sample.of(List.of(Singles.normal(Shape.SCALAR), Tensor.scalar(2.0))).described("scalars"),
        Sample.of(List.of(normal(1))).described("one input of one element"),
        Sample.of(List.of(normal(2).times(1e6), normal(2).times(1e6))).described("large numbers"),
        Sample.of(List.of(normal(2, 1, 3), normal(2, 1, 3))),
        Sample.of(List.of(normal(1, 2, 1, 3), normal(1, 2, 1, 3)), 2).described("rank 4"),
        Sample.of(List.of(normal(0, 3), normal(0, 3))).described("empty"),
        Sample.of(List.of(normal(2).times(1e-6), normal(2).times(1e-6)))
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
    return Outputs.of(joint.join(inputs)).saving(joint);
  }

  private static Joint joint(List<Tensor> inputs, OperatorCall call) {
    if (inputs.isEmpty()) {
      throw Operands.wrong(call, "`inputs` is empty. Give at least one tensor.");
    }
    for (int i = 1; i < inputs.size(); i++) {
      String port = "inputs[" + i + "]";
      Operands.sameType(call, "inputs[0]", inputs.getFirst(), port, inputs.get(i));
      Operands.sameShape(call, "inputs[0]", inputs.getFirst(), port, inputs.get(i));
    }
    Shape shape = inputs.getFirst().shape();
    int axis = axis(shape, call);
    int[] extents = new int[shape.rank() + 1];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = i == axis ? inputs.size() : shape.extent(i < axis ? i : i - 1);
    }
    return Joint.of(Shape.of(extents), axis, Collections.nCopies(inputs.size(), 1));
  }

  private static int axis(Shape input, OperatorCall call) {
    int axis = call.integer("axis", 0);
    int counted = axis < 0 ? axis + input.rank() + 1 : axis;
    if (counted < 0 || counted > input.rank()) {
      throw Operands.wrong(
          call,
          "`axis` is "
              + axis
              + ", but `inputs` have shape "
              + input
              + "; it must be from "
              + (-input.rank() - 1)
              + " to "
              + input.rank()
              + ".");
    }
    return counted;
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Joint joint = call.saved(Joint.class);
    Tensor cotangent = call.cotangent();
    List<@Nullable Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < joint.regions().size(); i++) {
      boolean needed = call.needsGrad("inputs[" + i + "]");
      gradients.add(needed ? joint.slab(cotangent, i) : null);
    }
    return Gradients.of(gradients);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    List<Tensor> directions = new ArrayList<>();
    for (int i = 0; call.has("inputs[" + i + "]"); i++) {
      directions.add(call.direction("inputs[" + i + "]"));
    }
    return Outputs.of(joint(directions, call).join(directions));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
    Number axis = call.has("axis") ? call.value("axis", Number.class) : 0;
    List<@Nullable Variable<Tensor>> gradients = new ArrayList<>();
    for (int i = 0; call.has("inputs[" + i + "]"); i++) {
      boolean needed = call.needsGrad("inputs[" + i + "]");
      gradients.add(needed ? new Gather().call(cotangent, Tensor.scalar((double) i), axis) : null);
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
