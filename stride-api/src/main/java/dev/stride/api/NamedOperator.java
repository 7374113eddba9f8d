package dev.stride.api;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** An operator under a name of its own; everything else is the original's. */
record NamedOperator<Y>(String name, Operator<Y> original) implements Operator<Y> {

  NamedOperator {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(original, "original");
  }

  @Override
  public Signature signature() {
    return original.signature();
  }

  @Override
  public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
    return original.forward(call, executor);
  }

  @Override
  public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
    return original.adjoint(call, executor);
  }

  @Override
  public Weight weight() {
    return original.weight();
  }

  @Override
  public Weight weight(OperatorCall call) {
    return original.weight(call);
  }

  @Override
  public int outputCount(Arguments arguments) {
    return original.outputCount(arguments);
  }

  @Override
  public Operator<Y> unwrap() {
    return original.unwrap();
  }
}
