package dev.stride.testkit.fakes;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code y = x} on tensors, but one phase fails: always, or the first times only. It counts its
 * calls, so it has state that real operators must not have.
 */
public final class FailingOperator implements BlockingOperator<Tensor> {

  private final Phase phase;
  private final AtomicInteger left;

  private FailingOperator(Phase phase, int times) {
    this.phase = phase;
    this.left = new AtomicInteger(times);
  }

  /** Fails in a phase, {@code FORWARD} or {@code ADJOINT}, every time. */
  public static FailingOperator in(Phase phase) {
    return new FailingOperator(phase, Integer.MAX_VALUE);
  }

  /** Fails in a phase for the first calls; a retry after them works. */
  public static FailingOperator in(Phase phase, int times) {
    return new FailingOperator(phase, times);
  }

  @Override
  public Signature signature() {
    return Signature.named("fake.failing").input("x").output("y").adjointNeeds().build();
  }

  @Override
  public Outputs forward(ForwardCall call) {
    failIn(Phase.FORWARD);
    return Outputs.of(call.tensor("x"));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    failIn(Phase.ADJOINT);
    return Gradients.of(call.cotangent());
  }

  private void failIn(Phase now) {
    if (now == phase && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IllegalStateException("fails on purpose in " + now);
    }
  }
}
