package dev.stride.ops.std.internal.shape;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Region;
import dev.stride.ops.std.internal.operator.Auxiliaries;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.TransposedOperator;
import dev.stride.ops.std.internal.operator.Work;
import dev.stride.ops.std.internal.shape.Widths.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor with a margin of one value around it.
 *
 * <p>Computes {@code y[i] = x[i - before]} inside and {@code value} in the margin. For a cotangent
 * {@code g} the adjoint is the part of {@code g} inside.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>value (auxiliary)<td>number<td>as x
 *   <tr><td>widths (variadic, auxiliary)<td>whole numbers: one for all sides; one per axis, for
 *       both of its sides; or two per axis, before and after it<td>points
 *   <tr><td>y (output)<td>extents of x plus the widths<td>as x
 * </table>
 *
 * <p>Saves shapes and widths. Deterministic and stateless: one instance serves any number of
 * concurrent calls.
 */
final class PadConstant
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.pad-constant")
          .input("x")
          .auxiliary("value", Number.class)
          .input(Widths.PORT)
          .output("y")
          .adjointNeeds()
          .build();

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 5)), 1.5, 3),
        Sample.of(Singles.normal(Shape.of(3, 2, 4)), 0, 2, 0, 1).described("one width per axis"),
        Sample.of(Singles.normal(Shape.of(3, 4)), -7, 2, 0, 1, 3).described("two widths per axis"),
        Sample.of(Singles.normal(Shape.of(1)), 1, 4).described("one point"),
        Sample.of(Singles.normal(Shape.SCALAR), 1, 2).described("a scalar has no sides"),
        Sample.of(Singles.normal(Shape.of(5, 4)).times(1e6), 1e6, 20)
            .described("wider than the model"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 1, 2).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3, 2)), 0, 1).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6), 1e-6, 1).described("small numbers"));
  }

  /** The box of the padded tensor that {@code x} fills. */
  static RegionMap inside(Shape x, OperatorCall call) {
    List<Side> sides = Widths.read(x, call);
    Shape whole = Widths.padded(x, sides);
    int[] start = sides.stream().mapToInt(Side::before).toArray();
    return new RegionMap(whole, new Region(whole, start, x));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    RegionMap inside = inside(x.shape(), call);
    Object out = HeapArray.filled(x.dataType(), inside.from().size(), call.number("value"));
    inside.region().write(HeapArray.of(x), out);
    return Outputs.of(HeapArray.adopt(inside.from(), out)).saving(inside);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(call.saved(RegionMap.class).forward(call.cotangent(), call.parallel()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor direction = call.direction("x");
    return Outputs.of(inside(direction.shape(), call).adjoint(direction, call.parallel()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    PadZero linear = new PadZero();
    Arguments arguments = Arguments.of(call.cotangent("y", Tensor.class), call.like("x"));
    return List.of(
        new TransposedOperator(linear).call(Auxiliaries.add(linear.signature(), arguments, call)));
  }

  @Override
  public Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      return Work.weight(adjoint.saved(RegionMap.class).from().size(), 1);
    }
    return Work.weight(2L * call.tensor("x").size(), 1);
  }
}
