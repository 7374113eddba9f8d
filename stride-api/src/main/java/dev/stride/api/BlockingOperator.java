package dev.stride.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * An operator written as plain code, which the engine runs on its executor, on a virtual thread
 * ({@link Weight#BLOCKING}) or at once ({@link Weight#CHEAP}); the same instance on many threads.
 * Throwing is how it fails; any throwable becomes the cause of an {@link OperatorException}. Code
 * that runs long polls {@link OperatorCall#cancellation}. A virtual thread is interrupted when the
 * engine closes, and so are the threads of the engine's own pool.
 *
 * @param <Y> type of the primary output
 */
public interface BlockingOperator<Y> extends Operator<Y> {

  /** Computes the outputs: one value a port, none of them null. */
  Outputs forward(ForwardCall call);

  /**
   * Computes the gradient of each differentiable input that needs one: the transpose of the
   * derivative at the original arguments, applied to the cotangents of the outputs.
   */
  Gradients adjoint(AdjointCall call);

  @Override
  default CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
    return CompletableFuture.supplyAsync(() -> forward(call), executor);
  }

  @Override
  default CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
    return CompletableFuture.supplyAsync(() -> adjoint(call), executor);
  }
}
