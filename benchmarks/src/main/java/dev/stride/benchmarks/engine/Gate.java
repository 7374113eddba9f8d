package dev.stride.benchmarks.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Weight;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The identity, whose output stays pending until it is opened. For one call. */
final class Gate implements Operator<Double> {

  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  void open() {
    opened.complete(null);
  }

  @Override
  public Signature signature() {
    return Signature.named("benchmark.gate")
        .input("x", Double.class)
        .output("y", Double.class)
        .linearIn("x")
        .adjointNeeds()
        .build();
  }

  @Override
  public Weight weight() {
    return Weight.CHEAP;
  }

  @Override
  public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
    double x = call.value("x", Double.class);
    return opened.thenApply(nothing -> Outputs.of(x));
  }

  @Override
  public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
    return CompletableFuture.completedFuture(Gradients.of(call.cotangent("y", Double.class)));
  }
}
