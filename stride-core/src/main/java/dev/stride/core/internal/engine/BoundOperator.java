package dev.stride.core.internal.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Results;
import dev.stride.api.Signature;
import dev.stride.api.Weight;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** An operator that knows the engine to call, and has its signature read. */
final class BoundOperator<Y> implements Operator<Y> {

  private final CallTarget target;
  private final Callees callees;
  private final Operator<Y> worker;
  private final String name;
  private final Callee callee;

  BoundOperator(CallTarget target, Callees callees, Operator<Y> worker, String name) {
    this.target = target;
    this.callees = callees;
    this.worker = worker;
    this.name = name;
    this.callee = callees.read(this, worker);
  }

  Callee callee() {
    return callee;
  }

  @Override
  public Results callAll(Object... arguments) {
    return arguments.length == 1 && arguments[0] instanceof Arguments given
        ? target.call(callee, given)
        : target.call(callee, arguments);
  }

  @Override
  public Operator<Y> named(String other) {
    return new BoundOperator<>(target, callees, worker, other);
  }

  @Override
  public Operator<Y> unwrap() {
    return worker;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Signature signature() {
    return worker.signature();
  }

  @Override
  public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
    return worker.forward(call, executor);
  }

  @Override
  public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
    return worker.adjoint(call, executor);
  }

  @Override
  public Weight weight() {
    return worker.weight();
  }

  @Override
  public Weight weight(OperatorCall call) {
    return worker.weight(call);
  }

  @Override
  public int outputCount(Arguments arguments) {
    return worker.outputCount(arguments);
  }

  @Override
  public String toString() {
    return name;
  }
}
