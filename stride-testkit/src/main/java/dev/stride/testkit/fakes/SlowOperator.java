package dev.stride.testkit.fakes;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code y = x} on tensors, whose phases keep a thread until the test releases them, or until their
 * run is cancelled: they look at the token, as long work should. Thread-safe.
 */
public final class SlowOperator implements BlockingOperator<Tensor> {

  private static final long POLL_MILLIS = 1;

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Weight weight;

  private SlowOperator(Weight weight) {
    this.weight = weight;
  }

  /** It computes: it keeps one of the engine's bounded threads. */
  public static SlowOperator computing() {
    return new SlowOperator(Weight.COMPUTE);
  }

  /** It waits: it keeps a virtual thread. */
  public static SlowOperator blocking() {
    return new SlowOperator(Weight.BLOCKING);
  }

  /** Lets all calls end, those to come too. */
  public void release() {
    released.countDown();
  }

  /** Waits until a call has started; false if none has within the limit. */
  public boolean awaitStart(long limit, TimeUnit unit) throws InterruptedException {
    return started.await(limit, unit);
  }

  @Override
  public Signature signature() {
    return Signature.named("fake.slow").input("x").output("y").adjointNeeds().build();
  }

  @Override
  public Weight weight() {
    return weight;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    waitIn(call);
    return Outputs.of(call.tensor("x"));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    waitIn(call);
    return Gradients.of(call.cotangent());
  }

  private void waitIn(OperatorCall call) {
    started.countDown();
    try {
      while (!released.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        call.cancellation().throwIfCancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while being slow", e);
    }
  }
}
