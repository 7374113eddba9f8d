package dev.stride.ops.std.internal.space;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.operator.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of an interpolation by its positions, {@code y[p, a] = sum over the batch of c[p]
 * d/dq_a x(q_p)}, as an operator of its own, so that it can be differentiated again; once.
 *
 * <p>With the cotangent {@code h} the adjoint is {@code sum_a d/dq_a} of the injection of {@code
 * h[p, a] c[p]} for x, {@code sum_a h[p, a] d/dq_a x(q_p)} for c, and for the positions {@code
 * sum_b h[p, b] c[p] d^2/(dq_a dq_b) x(q_p)}.
 */
final class PositionSlopes implements BlockingOperator<Tensor>, TangentOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.interpolate-slopes")
          .input("x")
          .input("c")
          .input("positions")
          .input(Port.auxiliary("kind", String.class).optional())
          .output("y")
          .linearIn("x", "c")
          .build();

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  private static PointSampling points(OperatorCall call) {
    return PointSampling.of(call, "x", call.tensor("x").shape());
  }

  @Override
  public Outputs forward(ForwardCall call) {
    PointSampling points = points(call);
    return Outputs.of(
        points.slopes(call.tensor("x"), call.tensor("c"), points.plain(), call.parallel()));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    PointSampling points = points(call);
    Tensor x = call.tensor("x");
    Tensor c = call.tensor("c");
    List<Tensor> towardsX = new ArrayList<>();
    List<Tensor> towardsC = new ArrayList<>();
    List<Tensor> towardsPositions = new ArrayList<>();
    for (int axis = 0; axis < points.axes(); axis++) {
      int[] along = PointSampling.along(axis, points.plain());
      Tensor scaled = points.times(c, call.cotangent(), axis);
      if (call.needsGrad("x")) {
        towardsX.add(points.add(scaled, along, call.parallel()));
      }
      if (call.needsGrad("c")) {
        Tensor slope = points.read(x, along, call.parallel());
        towardsC.add(points.times(slope, call.cotangent(), axis));
      }
      if (call.needsGrad("positions")) {
        towardsPositions.add(points.slopes(x, scaled, along, call.parallel()));
      }
    }
    return Gradients.of(
        towardsX.isEmpty() ? null : sum(towardsX, call),
        towardsC.isEmpty() ? null : sum(towardsC, call),
        towardsPositions.isEmpty() ? null : sum(towardsPositions, call));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    PointSampling points = points(call);
    Tensor x = call.tensor("x");
    Tensor c = call.tensor("c");
    List<Tensor> terms = new ArrayList<>();
    terms.add(points.slopes(call.direction("x"), c, points.plain(), call.parallel()));
    terms.add(points.slopes(x, call.direction("c"), points.plain(), call.parallel()));
    for (int axis = 0; axis < points.axes(); axis++) {
      Tensor moved = points.times(c, call.direction("positions"), axis);
      int[] along = PointSampling.along(axis, points.plain());
      terms.add(points.slopes(x, moved, along, call.parallel()));
    }
    return Outputs.of(sum(terms, call));
  }

  private static Tensor sum(List<Tensor> terms, OperatorCall call) {
    return terms.stream()
        .reduce((a, b) -> Elementwise.zip(Arithmetic.ADD, a, b, call.parallel()))
        .orElseThrow();
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight((long) call.tensor("positions").size() + call.tensor("x").size(), 32);
  }
}
