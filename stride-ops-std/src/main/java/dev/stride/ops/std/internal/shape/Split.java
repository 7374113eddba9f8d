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
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor cut into equal parts along an axis.
 *
 * <p>The adjoint puts the cotangents of the parts side by side, zeros where none arrived.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []<td>any
 *   <tr><td>count (auxiliary)<td>number of parts, at least 1; divides the extent of the axis<td>1
 *   <tr><td>axis (optional, auxiliary)<td>whole number, default 0; negative ones count from the
 *       last axis<td>1
 *   <tr><td>parts (variadic output)<td>as x, with the extent of the axis divided by count<td>as x
 * </table>
 *
 * <p>Saves shapes. Deterministic and stateless: one instance serves any number of concurrent calls.
 */
final class Split
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.split")
          .input("x")
          .auxiliary("count", Number.class)
          .input(Port.auxiliary("axis", Number.class).optional())
          .output(Port.of("parts").variadic())
          .linearIn("x")
          .adjointNeeds()
          .build();

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(6, 2)), 3),
        Sample.of(Singles.normal(Shape.of(2, 4, 3)), 2, 1).described("middle axis"),
        Sample.of(Singles.normal(Shape.of(2, 3)), 3, -1).described("last axis"),
        Sample.of(Singles.normal(Shape.of(1)), 1).described("one part of one element"),
        Sample.of(Singles.normal(Shape.of(12)).times(1e6), 12).described("twelve parts"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 3, -1).described("empty"),
        Sample.of(Singles.normal(Shape.of(1, 2, 4, 3)), 2, 2).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(4, 3)).times(1e-6), 2).described("small numbers"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public int outputCount(Arguments arguments) {
    Object count =
        arguments.positional().size() > 1
            ? arguments.positional().get(1)
            : arguments.named().get("count");
    if (!(count instanceof Number number) || number.doubleValue() < 1) {
      throw new IllegalArgumentException(
          "stride.split: `count` is " + count + "; it must be a whole number, at least 1.");
    }
    return number.intValue();
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    Joint joint = joint(x.shape(), call);
    return Outputs.of(parts(x, joint)).saving(joint);
  }

  private static Joint joint(Shape x, OperatorCall call) {
    int axis = Indices.axis(call, "x", x);
    int count = call.integer("count");
    if (count < 1 || x.extent(axis) % count != 0) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " and axis "
              + axis
              + " cannot be cut into `count` = "
              + count
              + " equal parts. Choose a divisor of "
              + x.extent(axis)
              + ", or use stride.slice.");
    }
    return Joint.of(x, axis, Collections.nCopies(count, x.extent(axis) / count));
  }

  private static List<Tensor> parts(Tensor x, Joint joint) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < joint.regions().size(); i++) {
      parts.add(joint.part(x, i));
    }
    return parts;
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(call.saved(Joint.class).join(call.cotangents("parts", Tensor.class)));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    return Outputs.of(parts(call.direction("x"), joint(call.tensor("x").shape(), call)));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    List<Variable<Tensor>> cotangents = new ArrayList<>();
    int count = call.value("count", Number.class).intValue();
    for (int i = 0; i < count; i++) {
      cotangents.add(call.cotangent("parts[" + i + "]", Tensor.class));
    }
    Arguments arguments = Arguments.of(cotangents);
    if (call.has("axis")) {
      arguments = arguments.with("axis", call.value("axis", Number.class));
    }
    return List.of(new Concatenate().call(arguments));
  }

  @Override
  public Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      return Work.weight(adjoint.saved(Joint.class).whole().size(), 1);
    }
    return Work.weight(call.tensor("x").size(), 1);
  }
}
