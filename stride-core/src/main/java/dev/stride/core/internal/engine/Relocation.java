package dev.stride.core.internal.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Device;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Weight;

/**
 * The identity, from one device to another: what users move values with. Its gradients go back to
 * where the value came from, as those of every input that was moved.
 */
final class Relocation<T> implements BlockingOperator<T> {

  private static final Signature SIGNATURE =
      Signature.named("stride.move")
          .input(Port.of("x").typed(Object.class))
          .output(Port.of("y").typed(Object.class))
          .linearIn("x")
          .adjointNeeds()
          .build();

  private final Dispatch dispatch;
  private final Device device;

  Relocation(Dispatch dispatch, Device device) {
    this.dispatch = dispatch;
    this.device = device;
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(dispatch.relocate((OngoingCall) call, device));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(call.cotangent("y", Object.class));
  }

  /** Another device may have to compute the value first. */
  @Override
  public Weight weight(OperatorCall call) {
    boolean stays = call instanceof OngoingCall task && dispatch.isOn(device, task);
    return stays ? Weight.CHEAP : Weight.BLOCKING;
  }

  @Override
  public String toString() {
    return "move to " + device;
  }
}
