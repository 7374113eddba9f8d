package dev.stride.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * An operator written as plain code, which the engine runs on its executor.
 *
 * @param <Y> type of the primary output
 */
public interface BlockingOperator<Y> extends Operator<Y> {

  /** Computes the outputs. */
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
