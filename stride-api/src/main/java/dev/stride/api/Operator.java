package dev.stride.api;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A differentiable operation, written once as a forward and an adjoint.
 *
 * <p>This is the asynchronous level, for devices and remote services; plain code implements {@link
 * BlockingOperator}. Operators are stateless: one instance serves any number of concurrent calls,
 * and what the adjoint needs travels in {@link Outputs#saving}. {@code forward} and {@code adjoint}
 * are called by the engine only, where {@link #weight(OperatorCall)} says; users call {@link
 * #call}.
 *
 * <p>What an operator throws, or fails its stage with, becomes the cause of an {@link
 * OperatorException}; so does a result that does not fit the signature. Of a stage that completes
 * twice the first counts. An operator that polls {@link OperatorCall#cancellation} ends with its
 * run; one that does not is waited for as long as the engine's patience lasts, then left behind and
 * named. What it completes with after that is ignored, and saved state among it is closed.
 *
 * @param <Y> type of the primary output
 */
public interface Operator<Y> {

  /** Name and ports; always the same. */
  Signature signature();

  /**
   * Starts computing the outputs.
   *
   * @param call valid until the stage completes
   * @param executor the engine's; for work that the operator starts itself
   * @return completes with one value per output port, on any thread
   */
  CompletionStage<Outputs> forward(ForwardCall call, Executor executor);

  /**
   * Starts computing the gradient of each differentiable input that needs one: the transpose of the
   * derivative at the original arguments, applied to the cotangents of the outputs.
   *
   * @param call valid until the stage completes
   * @param executor the engine's; for work that the operator starts itself
   * @return completes with the gradients, on any thread
   */
  CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor);

  /** How expensive this operator usually is; always the same. */
  default Weight weight() {
    return Weight.COMPUTE;
  }

  /**
   * How expensive this very call is, when its arguments are known, and so where the engine starts
   * it. Asked once a phase, on the thread that made the call or completed the last input or
   * cotangent: it must be quick. If it throws, the call or the run fails.
   */
  default Weight weight(OperatorCall call) {
    return weight();
  }

  /**
   * The number of outputs of a call, for an operator whose last output port is variadic. Called on
   * the caller's thread; what it throws is thrown by {@link #call}.
   *
   * @param arguments as the caller gave them; values of variables may be pending
   */
  default int outputCount(Arguments arguments) {
    throw new UnsupportedOperationException(
        signature().name()
            + " has a variadic output port and does not say how many outputs a call has; override"
            + " outputCount(Arguments)");
  }

  /** This instance's name: the signature's unless it was {@link #named}. */
  default String name() {
    return signature().name();
  }

  /** This operator under a name of its own, which graphs, events and errors show. */
  default Operator<Y> named(String name) {
    return new NamedOperator<>(name, this);
  }

  /** The operator that does the work, where this one is a name for it or is bound to an engine. */
  default Operator<Y> unwrap() {
    return this;
  }

  /**
   * Calls this operator. Returns at once; the value is pending. Every variable among the arguments
   * is tracked, also inside lists, maps and {@link VariableBundle}s, which are read before it
   * returns and not later. What fails after the arguments were checked fails the output.
   *
   * @param arguments variables and plain values in the order of the input ports, or one {@link
   *     Arguments}
   * @return the primary output
   * @throws IllegalArgumentException if an argument is null, missing, too many or of the wrong
   *     type, or the variables belong to two engines
   * @throws IllegalStateException if there is no variable among the arguments and this operator is
   *     not bound to an engine, see {@link Engine#bind}; or if the engine is closed
   */
  @SuppressWarnings("unchecked")
  default Variable<Y> call(Object... arguments) {
    return (Variable<Y>) callAll(arguments).get(0);
  }

  /** Calls this operator like {@link #call} and returns all outputs. */
  default Results callAll(Object... arguments) {
    Arguments given = Arguments.from(this, arguments);
    return given.engine(this).call(this, given);
  }
}
