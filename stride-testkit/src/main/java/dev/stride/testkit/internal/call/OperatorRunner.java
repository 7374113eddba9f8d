package dev.stride.testkit.internal.call;

import dev.stride.api.ComplexOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.TangentOperator;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs an operator's phases one by one and waits for each. Stateless. */
public final class OperatorRunner {

  private final Operator<?> operator;
  private final ValueKinds kinds;
  private final Patience patience;

  /** A runner of one operator. */
  public OperatorRunner(Operator<?> operator, ValueKinds kinds, Patience patience) {
    this.operator = operator;
    this.kinds = kinds;
    this.patience = patience;
  }

  /** How long it waits for a phase. */
  public Patience patience() {
    return patience;
  }

  /** A runner of another operator with the same means. */
  public OperatorRunner of(Operator<?> other) {
    return new OperatorRunner(other, kinds, patience);
  }

  /** The operator. */
  public Operator<?> operator() {
    return operator;
  }

  /** The classes of values that it can perturb. */
  public ValueKinds kinds() {
    return kinds;
  }

  /** Runs forward. */
  public Forwarded forward(
      BoundArguments arguments, CallContext context, Predicate<String> needs, boolean records) {
    KitForwardCall call = new KitForwardCall(arguments, context, needs, records);
    Outputs outputs = await("forward", () -> operator.forward(call, context.executor()));
    return Forwarded.of(arguments, outputs, kinds);
  }

  /**
   * Runs the adjoint of a forward.
   *
   * @param cotangents by path; outputs that are left out have none
   * @return gradients by path
   */
  public Map<String, Object> adjoint(
      Forwarded forwarded,
      CallContext context,
      Map<String, Object> cotangents,
      Predicate<String> needs) {
    KitAdjointCall call = new KitAdjointCall(forwarded, context, cotangents, needs);
    Gradients gradients = await("adjoint", () -> operator.adjoint(call, context.executor()));
    return GradientReader.read(forwarded.arguments(), gradients, needs, kinds);
  }

  /** Whether the operator has a tangent. */
  public boolean hasTangent() {
    return operator.unwrap() instanceof TangentOperator;
  }

  /** Runs the tangent; outputs by path. */
  public Map<String, Object> tangent(
      BoundArguments arguments, CallContext context, Map<String, Object> directions) {
    if (!(operator.unwrap() instanceof TangentOperator<?> tangent)) {
      throw new IllegalStateException(operator.name() + " has no tangent");
    }
    KitTangentCall call = new KitTangentCall(arguments, context, directions, kinds);
    try {
      return OutputReader.read(arguments.signature(), tangent.tangent(call));
    } catch (ContractViolation e) {
      throw e;
    } catch (Throwable e) {
      throw failed("tangent", e);
    }
  }

  /** Imaginary parts of the outputs by path, where the operator computes in complex numbers. */
  public Map<String, Object> imaginary(
      BoundArguments arguments, CallContext context, Map<String, Object> imaginary) {
    if (!(operator.unwrap() instanceof ComplexOperator<?> complex)) {
      throw new IllegalStateException(operator.name() + " does not compute in complex numbers");
    }
    KitTangentCall call = new KitTangentCall(arguments, context, imaginary, kinds);
    try {
      return OutputReader.read(arguments.signature(), complex.imaginary(call));
    } catch (ContractViolation e) {
      throw e;
    } catch (Throwable e) {
      throw failed("imaginary", e);
    }
  }

  /** Starts forward and does not wait for it. */
  public CompletionStage<Outputs> start(BoundArguments arguments, CallContext context) {
    return operator.forward(
        new KitForwardCall(arguments, context, path -> true, true), context.executor());
  }

  /** What forward returned, read. */
  public Forwarded read(BoundArguments arguments, Outputs outputs) {
    return Forwarded.of(arguments, outputs, kinds);
  }

  private <T> T await(String phase, Start<T> start) {
    try {
      CompletionStage<T> stage = start.start();
      @Nullable T result = stage == null ? null : patience.await(phase, stage);
      if (result == null) {
        throw new ContractViolation(
            phase + " returned null" + (stage == null ? " for a stage" : ""));
      }
      return result;
    } catch (ContractViolation e) {
      throw e;
    } catch (Throwable e) {
      throw failed(phase, e);
    }
  }

  static ContractViolation failed(String phase, Throwable cause) {
    return new ContractViolation(phase + " failed: " + cause, cause);
  }

  @FunctionalInterface
  private interface Start<T> {
    @Nullable CompletionStage<T> start();
  }
}
