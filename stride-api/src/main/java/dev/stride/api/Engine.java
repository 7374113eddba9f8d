package dev.stride.api;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes variables, looks up operators, records calls and runs adjoint graphs.
 *
 * <p>Safe for use by any number of threads. {@link #withoutGradients} and {@link #on} give views of
 * the same engine with other settings: variables of an engine and of its views mix freely.
 *
 * <p>Nothing here waits, but for a configured bound on unfinished calls. Wrong arguments are thrown
 * at once, a variable of another engine as {@link IllegalArgumentException}. What fails later
 * arrives through the stage of the variable or {@link Run} concerned. Once the engine is closed,
 * methods that make a variable, look up or call an operator, or start a run throw {@link
 * IllegalStateException}; what is pending then fails with a {@link RunCancelledException}.
 */
public interface Engine {

  /** A leaf that needs no gradient, with an automatic name. */
  default <T> Variable<T> variable(T value) {
    return variable(VariableOptions.of(value));
  }

  /** A leaf that needs no gradient. */
  default <T> Variable<T> variable(String name, T value) {
    return variable(VariableOptions.of(value).named(name));
  }

  /** A leaf that needs a gradient, with an automatic name. */
  default <T> Variable<T> parameter(T value) {
    return variable(VariableOptions.of(value).needingGrad(true));
  }

  /** A leaf that needs a gradient. */
  default <T> Variable<T> parameter(String name, T value) {
    return variable(VariableOptions.of(value).named(name).needingGrad(true));
  }

  /**
   * A leaf with these characteristics: without a name an automatic one, without {@code needsGrad}
   * none.
   *
   * @throws IllegalArgumentException if there is no value, or no {@link
   *     dev.stride.api.spi.VectorSpace} knows its class and it needs a gradient
   */
  <T> Variable<T> variable(VariableOptions<T> options);

  /**
   * The operator of this name whose primary output is a {@link Tensor}, bound to this engine.
   *
   * @param name full ({@code stride.multiply}) or, for the prefix {@code stride.}, short ({@code
   *     multiply})
   * @throws StrideException if there is none; the message lists what was found
   */
  default Operator<Tensor> operator(String name) {
    return operator(name, Tensor.class);
  }

  /**
   * The operator of this name whose primary output is of this type, bound to this engine.
   *
   * @param name full, or short for the prefix {@code stride.}
   * @param type class of the primary output, or a superclass of it
   * @throws StrideException with the id {@code NoOperator} if there is none, with the id {@code
   *     WrongOutputType} if its primary output is of another type
   */
  <Y> Operator<Y> operator(String name, Class<Y> type);

  /**
   * An operator that uses this engine when none of its arguments is a variable. The operator given
   * stays as it is, and one that is bound to an engine already is bound anew.
   */
  <Y> Operator<Y> bind(Operator<Y> operator);

  /**
   * Calls an operator; {@link Operator#call} is the usual way. Returns at once. What goes wrong
   * after the arguments were checked fails the outputs, and whatever is computed from them.
   *
   * @throws IllegalArgumentException if an argument is missing, too many, of the wrong type, or of
   *     another engine
   */
  Results call(Operator<?> operator, Arguments arguments);

  /**
   * Runs code on the calling thread in which calls record nothing, and gives what it gives; what it
   * throws is thrown here. Each call captures the scope when it is made, so that its completion may
   * come later. The scope belongs to this thread, nests, and ends with the code; asynchronous code
   * uses {@link #withoutGradients}.
   */
  <R extends @Nullable Object> R noGrad(Supplier<R> code);

  /**
   * Runs code on the calling thread in which calls in a row become one where their operators can,
   * and gives what it gives; what it throws is thrown here.
   *
   * {@snippet :
   * Variable<Tensor> loss = engine.fused(() -> modelled.minus(observed).times(weights).pow(2).sum());
   * }
   *
   * <p>A call of a {@link FusibleOperator} is put off until its value is wanted: as the result of
   * the code, as an argument of a call that cannot be part of it, or because somebody asks for it,
   * during the code or later. Then it is computed in one go with the calls before it that were put
   * off, and no values in between are stored; recorded graphs have one node for them. Values are
   * bitwise those of calls one after the other, and so are gradients but where values are broadcast
   * or more than two contributions to one variable are added. A value in between that is asked for
   * as well is computed once more. Adjoints compute what they need of values in between again.
   *
   * <p>Worth it for element-wise work on tensors that are larger than the cache, and for code that
   * runs more than once, since each chain of operators is compiled when it is first met. If the
   * code gives a variable or a list of variables, these are computed at once, as without this
   * method; others are when they are asked for. While an engine {@linkplain AdjointOptions looks
   * for anomalies} at every call, nothing is put off. The scope belongs to this thread and ends
   * with the code. By default calls are made as they stand.
   */
  default <R extends @Nullable Object> R fused(Supplier<R> code) {
    return code.get();
  }

  /** A view of this engine whose calls record nothing, on any thread. */
  Engine withoutGradients();

  /** A view of this engine that prefers implementations for a device, such as {@code opencl}. */
  default Engine on(String device) {
    return on(new Device(device));
  }

  /**
   * A view of this engine that prefers implementations for a device.
   *
   * @throws StrideException if no pack brings this device; the message lists those there are
   */
  Engine on(Device device);

  /**
   * A variable with the value of another on a device; {@link Variable#moveTo} is the usual way.
   *
   * @throws StrideException if no pack brings this device; the message lists those there are
   */
  default <T> Variable<T> move(Variable<T> variable, Device device) {
    throw new UnsupportedOperationException(getClass().getName() + " has no devices");
  }

  /**
   * Runs an adjoint graph and adds gradients to its leaves; {@link Variable#adjoint()} is the usual
   * way.
   *
   * @param seed cotangent of the root; null: 1, for a scalar root only
   */
  default <T> Run<RunStatistics> adjoint(
      Variable<T> root, @Nullable T seed, AdjointOptions options) {
    return adjoint(List.of(new Seeded<>(root, seed)), options);
  }

  /**
   * Runs the adjoint graphs of several roots as one: shared parts are visited once, and gradients
   * are added to all leaves or to none. Returns at once; operators start on the engine's threads
   * when every root has its value. A root that is given twice counts twice.
   *
   * @throws IllegalStateException if a root needs no gradient, the graph was released, or another
   *     run is on it and one of the two would release it
   */
  Run<RunStatistics> adjoint(List<? extends Seeded<?>> roots, AdjointOptions options);

  /**
   * Gradients of a scalar root with respect to some variables, leaves or not, without touching any
   * leaf. A variable that the root does not depend on has a gradient of zeros.
   *
   * @return gradients in the order of the variables
   * @throws IllegalStateException as {@link #adjoint(List, AdjointOptions)} does
   */
  @SuppressWarnings("unchecked")
  default <T> Run<List<T>> gradients(Variable<?> root, Variable<T>... wrt) {
    return gradients(List.of(new Seeded<>(root, null)), List.of(wrt), AdjointOptions.defaults());
  }

  /**
   * Gradients of several roots with respect to some variables, without touching any leaf. The sum
   * over the roots, in the order of the variables. Releases the graph unless the options retain it;
   * nodes that lead to none of the variables are not visited.
   *
   * @throws IllegalStateException as {@link #adjoint(List, AdjointOptions)} does
   */
  <T> Run<List<T>> gradients(
      List<? extends Seeded<?>> roots, List<Variable<T>> wrt, AdjointOptions options);

  /**
   * Gradients of a scalar root as variables that can be differentiated again. Returns at once: the
   * calls are composed on the calling thread and computed like any others. Does not release the
   * graph, into which the graphs of the gradients reach: a run that releases it ends both.
   *
   * @throws IllegalStateException if the graph was released
   * @throws OperatorException if an operator's adjoint on variables throws, or leaves a gradient
   *     out
   * @throws StrideException if an operator on the way is not a {@link DifferentiableOperator}; the
   *     message names it
   */
  @SuppressWarnings("unchecked")
  <T> List<Variable<T>> recordedGradients(Variable<?> root, Variable<T>... wrt);

  /**
   * Adds up the gradients of many losses that share parameters, such as one loss per shot.
   *
   * <p>At most {@code parallelism} graphs are alive at once. Gradients are added in the order of
   * the items, to all leaves or to none, bitwise as the sequential loop {@code
   * loss(item).adjoint().join()} would.
   *
   * <p>A loss that throws, a graph that fails, a cancellation or a deadline stops the rest; then no
   * leaf changes, and the run fails with the first reason. Calls that a loss makes see the run's
   * cancellation through their tokens.
   *
   * @param items one loss each; copied. None: the run ends with an empty list
   * @param parallelism at least 1
   * @param loss builds the scalar loss of an item, on a virtual thread of the engine, where it may
   *     wait; called for several items at once
   * @return the values of the losses in the order of the items
   * @throws IllegalArgumentException if {@code parallelism} is less than 1
   */
  default <S, T> Run<List<T>> accumulate(
      Collection<? extends S> items,
      int parallelism,
      Function<? super S, ? extends Variable<T>> loss) {
    return accumulate(items, parallelism, AdjointOptions.defaults(), loss);
  }

  /**
   * Adds up the gradients of many losses, with options: the deadline is that of the whole, the rest
   * is for the run of each item.
   *
   * @see #accumulate(Collection, int, Function)
   */
  <S, T> Run<List<T>> accumulate(
      Collection<? extends S> items,
      int parallelism,
      AdjointOptions options,
      Function<? super S, ? extends Variable<T>> loss);

  /**
   * A root of an adjoint run and its seed.
   *
   * @param root the variable to start from
   * @param seed its cotangent; null: 1, for a scalar root only
   * @param <T> type of the value
   */
  record Seeded<T>(Variable<T> root, @Nullable T seed) {}
}
