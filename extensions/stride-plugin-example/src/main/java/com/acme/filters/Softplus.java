package com.acme.filters;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;

/** {@code y = log(1 + exp(x))}, element by element. */
public final class Softplus implements BlockingOperator<Tensor> {

  @Override
  public Signature signature() {
    return Signature.named("acme.softplus").input("x").output("y").build();
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(call.tensor("x").map(v -> Math.log1p(Math.exp(v))));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor slope = call.tensor("x").map(v -> 1 / (1 + Math.exp(-v)));
    return Gradients.of(call.cotangent().times(slope));
  }
}
