package dev.stride.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator whose adjoint is also written on variables, so that gradients can be differentiated
 * again. Its numeric adjoint serves ordinary runs; the two must agree.
 *
 * @param <Y> type of the primary output
 */
public interface DifferentiableOperator<Y> extends Operator<Y> {

  /**
   * Composes the gradients from the variables of the call by calling operators. Runs on the thread
   * that asks for {@link Engine#recordedGradients}, while values may be pending: it must not wait
   * for them. What it throws is thrown there, in an {@link OperatorException}.
   *
   * @return one entry per differentiable input port; null where none is needed. The entry of a
   *     variadic port is a {@link List} of variables.
   */
  List<@Nullable Object> adjointOnVariables(VariableCall call);

  /**
   * The variables of one call, for an adjoint that is written on variables.
   *
   * <p>For the thread that it is given on, and no longer than the method runs. It sees what the
   * numeric adjoint may see, so that being differentiable keeps nothing alive: the arguments and
   * outputs that the signature says are needed, auxiliary arguments, and of the rest the shape.
   */
  interface VariableCall {

    /** The engine to call operators of. */
    Engine engine();

    /**
     * The argument at a path as a variable; a plain argument is one that needs no gradient.
     *
     * @throws IllegalStateException if the signature declares that the adjoint does not need it:
     *     see {@link Signature.Builder#adjointNeeds}, or {@link #like} for its shape alone
     */
    <T> Variable<T> input(String path, Class<T> type);

    /** The tensor argument at a path. */
    default Variable<Tensor> input(String path) {
      return input(path, Tensor.class);
    }

    /** Zeros of the shape and type of the argument at a path, whether or not it was kept. */
    <T> Variable<T> like(String path, Class<T> type);

    /** Zeros of the shape and type of the tensor argument at a path. */
    default Variable<Tensor> like(String path) {
      return like(path, Tensor.class);
    }

    /** The plain argument at a path. */
    <T> T value(String path, Class<T> type);

    /** Whether an argument was given at this path. */
    boolean has(String path);

    /**
     * An output of the call.
     *
     * @throws IllegalStateException if the signature does not keep it: see {@link
     *     Signature.Builder#keepsOutputs}
     */
    <T> Variable<T> output(String path, Class<T> type);

    /** The cotangent of an output; a variable of zeros if nothing reached it. */
    <T> Variable<T> cotangent(String output, Class<T> type);

    /** Whether the gradient at a path is wanted. */
    boolean needsGrad(String path);
  }
}
