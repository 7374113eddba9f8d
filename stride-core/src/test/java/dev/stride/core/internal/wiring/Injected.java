package dev.stride.core.internal.wiring;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import jakarta.inject.Inject;

/** An operator that Guice can make. */
final class Injected implements BlockingOperator<Tensor> {

  @Inject
  Injected() {}

  @Override
  public Signature signature() {
    return Signature.named("acme.injected").input("x").output("y").build();
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(call.tensor("x"));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(call.cotangent());
  }
}
