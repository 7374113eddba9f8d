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
import dev.stride.ops.std.internal.operator.Auxiliaries;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor with slabs added to it along an axis, at indices that may repeat: {@code numpy.add.at}.
 *
 * <p>Computes {@code y = x} with {@code y[..., indices[i], ...] += updates[..., i, ...]} for every
 * {@code i}, which has as many axes as the indices. For a cotangent {@code g} the adjoint is {@code
 * g} for {@code x} and {@code g[..., indices[i], ...]} for {@code updates}; see {@link Gather}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []<td>any
 *   <tr><td>indices (auxiliary)<td>any; whole numbers from -n to n - 1 for an axis of extent n,
 *       negative ones count from the end; either type, float64 from n = 2^24 on<td>points
 *   <tr><td>updates<td>as x, with the shape of the indices in place of the axis<td>as x
 *   <tr><td>axis (optional, auxiliary)<td>whole number, default 0; negative ones count from the
 *       last axis<td>1
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Saves shapes and the indices, four bytes each. Sums are made in float64, compensated, in the
 * order of the indices, so results do not depend on threads; the workspace is two float64 numbers
 * for each element of x behind the axis and along it. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class ScatterAdd
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.scatter-add")
          .input("x")
          .auxiliary("indices", Tensor.class)
          .input("updates")
          .input(Port.auxiliary("axis", Number.class).optional())
          .output("y")
          .linearIn("x", "updates")
          .adjointNeeds()
          .build();

  static List<Sample> samples() {
    Tensor few = Tensor.of(2.0, 0.0, 2.0, -1.0);
    return List.of(
        Sample.of(normal(5, 3), few, normal(4, 3)).described("indices that repeat"),
        Sample.of(normal(2, 4, 3), few, normal(2, 4, 3), 1).described("middle axis"),
        Sample.of(normal(2, 5), Tensor.of(Shape.of(2, 2), 4.0, 1, 1, 0), normal(2, 2, 2), -1)
            .described("indices of two axes"),
        Sample.of(normal(3, 4), Tensor.scalar(1.0), normal(4)).described("one slab"),
        Sample.of(normal(1), Tensor.of(0.0), normal(1)).described("one element"),
        Sample.of(normal(3).times(1e6), few, normal(4).times(1e6)).described("large numbers"),
        Sample.of(normal(3, 0), few, normal(4, 0)).described("empty"),
        Sample.of(normal(2, 3, 2, 2), few, normal(2, 4, 2, 2), 1).described("rank 4"),
        Sample.of(normal(3).times(1e-6), few, normal(4).times(1e-6)).described("small numbers"));
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
    Tensor x = call.tensor("x");
    Tensor updates = call.tensor("updates");
    Operands.sameType(call, "x", x, "updates", updates);
    Take picks = IndexTensor.read(x.shape(), call);
    if (!updates.shape().equals(picks.to())) {
      throw new IllegalArgumentException(
          Operands.shapes(call, "x", x.shape(), "updates", updates.shape())
              + "; with these indices it must be "
              + picks.to()
              + ". Reshape or broadcast it.");
    }
    return Outputs.of(picks.addTo(x, updates, call.parallel())).saving(picks);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor cotangent = call.cotangent();
    return Gradients.of(
        call.needsGrad("x") ? cotangent : null,
        call.needsGrad("updates")
            ? call.saved(Take.class).forward(cotangent, call.parallel())
            : null);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Take picks = IndexTensor.read(call.tensor("x").shape(), call);
    return Outputs.of(picks.addTo(call.direction("x"), call.direction("updates"), call.parallel()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
    return Arrays.asList(
        call.needsGrad("x") ? cotangent : null,
        call.needsGrad("updates")
            ? new Gather().call(Auxiliaries.add(SIGNATURE, Arguments.of(cotangent), call))
            : null);
  }

  @Override
  public Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      return Work.weight(adjoint.saved(Take.class).to().size(), 1);
    }
    return Work.weight((long) call.tensor("x").size() + call.tensor("updates").size(), 4);
  }
}
