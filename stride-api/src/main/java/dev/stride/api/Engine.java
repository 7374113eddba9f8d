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
   * A leaf with these characteristics.
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

  /** The operator of this name whose primary output is of this type, bound to this engine. */
  <Y> Operator<Y> operator(String name, Class<Y> type);

  /** An operator that uses this engine when none of its arguments is a variable. */
  <Y> Operator<Y> bind(Operator<Y> operator);

  /**
   * Calls an operator; {@link Operator#call} is the usual way.
   *
   * @throws IllegalArgumentException if an argument is missing, too many, of the wrong type, or of
   *     another engine
   */
  Results call(Operator<?> operator, Arguments arguments);

  /**
   * Runs code in which calls record nothing. The scope belongs to the calling thread and ends with
   * the code; asynchronous code uses {@link #withoutGradients}.
   */
  <R extends @Nullable Object> R noGrad(Supplier<R> code);

  /** A view of this engine whose calls record nothing. */
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
   * Runs an adjoint graph and adds gradients to its leaves; {@link Variable#adjoint()} is the usual
   * way.
   *
   * @param seed cotangent of the root; null: 1, for a scalar root only
   */
  default <T> Run<RunStatistics> adjoint(
      Variable<T> root, @Nullable T seed, AdjointOptions options) {
    return adjoint(List.of(new Seeded<>(root, seed)), options);
  }

  /** Runs the adjoint graphs of several roots as one: shared parts are visited once. */
  Run<RunStatistics> adjoint(List<? extends Seeded<?>> roots, AdjointOptions options);

  /**
   * Gradients of a scalar root with respect to some variables, leaves or not, without touching any
   * leaf. A variable that the root does not depend on has a gradient of zeros.
   */
  @SuppressWarnings("unchecked")
  default <T> Run<List<T>> gradients(Variable<?> root, Variable<T>... wrt) {
    return gradients(List.of(new Seeded<>(root, null)), List.of(wrt), AdjointOptions.defaults());
  }

  /** Gradients of several roots with respect to some variables, without touching any leaf. */
  <T> Run<List<T>> gradients(
      List<? extends Seeded<?>> roots, List<Variable<T>> wrt, AdjointOptions options);

  /**
   * Gradients of a scalar root as variables that can be differentiated again. Returns at once.
   *
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
   * @param items one loss each
   * @param parallelism at least 1
   * @param loss builds the scalar loss of an item, on a thread of the engine
   * @return the values of the losses in the order of the items
   */
  default <S, T> Run<List<T>> accumulate(
      Collection<? extends S> items,
      int parallelism,
      Function<? super S, ? extends Variable<T>> loss) {
    return accumulate(items, parallelism, AdjointOptions.defaults(), loss);
  }

  /** Adds up the gradients of many losses, with options for each run. */
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
