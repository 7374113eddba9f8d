package dev.stride.testkit.fakes;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * {@code y = x} on tensors, as a remote service would compute it: each call of the gated phase ends
 * when the test lets it pass or fail. No thread waits meanwhile. Thread-safe.
 */
public final class GatedOperator implements Operator<Tensor> {

  private final BlockingQueue<Waiting<?>> waiting = new LinkedBlockingQueue<>();
  private final Phase gated;

  private GatedOperator(Phase gated) {
    this.gated = gated;
  }

  /** Its forward waits; its adjoint passes. */
  public static GatedOperator inForward() {
    return new GatedOperator(Phase.FORWARD);
  }

  /** Its adjoint waits; its forward passes. */
  public static GatedOperator inAdjoint() {
    return new GatedOperator(Phase.ADJOINT);
  }

  @Override
  public Signature signature() {
    return Signature.named("fake.gated").input("x").output("y").adjointNeeds().build();
  }

  @Override
  public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
    return gate(Phase.FORWARD, call, Outputs.of(call.tensor("x")));
  }

  @Override
  public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
    return gate(Phase.ADJOINT, call, Gradients.of(call.cotangent()));
  }

  private <R> CompletionStage<R> gate(Phase phase, OperatorCall call, R result) {
    Waiting<R> arrived = new Waiting<>(call, result, new CompletableFuture<>());
    if (phase == gated) {
      waiting.add(arrived);
    } else {
      arrived.pass();
    }
    return arrived.done.minimalCompletionStage();
  }

  /** Number of calls at the gate that {@link #next} has not given. */
  public int waiting() {
    return waiting.size();
  }

  /**
   * The next call at the gate; waits for one to come.
   *
   * @throws AssertionError if none comes within the limit
   */
  public Waiting<?> next(Duration limit) {
    try {
      Waiting<?> next = waiting.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new AssertionError("no call reached the gate within " + limit);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a call", e);
    }
  }

  /**
   * A call at the gate.
   *
   * @param <R> what it ends with
   */
  public static final class Waiting<R> {

    private final OperatorCall call;
    private final R result;
    private final CompletableFuture<R> done;

    private Waiting(OperatorCall call, R result, CompletableFuture<R> done) {
      this.call = call;
      this.result = result;
      this.done = done;
    }

    /** What the operator was given. */
    public OperatorCall call() {
      return call;
    }

    /** Lets it end with its result. */
    public void pass() {
      done.complete(result);
    }

    /** Lets it fail. */
    public void fail(Throwable failure) {
      done.completeExceptionally(failure);
    }
  }
}
