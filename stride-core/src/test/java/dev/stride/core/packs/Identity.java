package dev.stride.core.packs;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;

/** An operator that returns its input. */
public final class Identity implements BlockingOperator<Tensor> {

  private final Signature signature;

  /** Under this name. */
  public Identity(String name) {
    this(Signature.named(name).input("x").output("y").linearIn("x").build());
  }

  /** With ports of your own, for checks of signatures only. */
  public Identity(Signature signature) {
    this.signature = signature;
  }

  @Override
  public Signature signature() {
    return signature;
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
