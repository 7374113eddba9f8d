package dev.stride.benchmarks.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;

/** {@code y = f x} of a float32 tensor; its adjoint {@code f g} needs no argument. */
final class ScaleVector implements BlockingOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("benchmark.scale-vector")
          .input("x")
          .output("y")
          .linearIn("x")
          .adjointNeeds()
          .build();

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Weight weight() {
    return Weight.CHEAP;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(Scaling.of(call.tensor("x")));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(Scaling.of(call.cotangent()));
  }
}
