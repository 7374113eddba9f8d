package dev.stride.api;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A value that travels through operators, and the root or leaf of adjoint graphs.
 *
 * <p>A variable is a leaf if the user made it, otherwise an output of an operator call. Its value
 * may be pending. Calls capture values when they are made, so {@link #set} on a leaf never changes
 * graphs that exist. Safe for use by any number of threads: value and gradient are each read and
 * replaced as a whole, and a run that has ended is seen whole by whoever saw its end.
 *
 * @param <T> type of the value
 */
public interface Variable<T> {

  /** Name as given, or an automatic one that no other variable of the engine has. */
  String name();

  /** Number that identifies the variable within its engine; in order of creation. */
  long sequence();

  /** The engine that this variable belongs to. */
  Engine engine();

  /** Whether calls on this variable record an adjoint graph. */
  boolean needsGrad();

  /** Whether the user made this variable, as opposed to an operator. */
  boolean isLeaf();

  /**
   * The value. Completes on the thread that computes it, where what depends on the stage runs next
   * and must not wait for this engine; use the {@code Async} methods of the stage for work that
   * does. Fails with an {@link OperatorException} if an operator before it failed, with a {@link
   * RunCancelledException} if it was cancelled with its run or engine. Cancelling or completing the
   * stage has no effect on the variable.
   */
  CompletionStage<T> value();

  /**
   * Waits for the value. An interruption does not end the waiting; the thread stays interrupted.
   *
   * @throws OperatorException if an operator before it failed
   * @throws RunCancelledException if it was cancelled with its run or engine
   * @throws IllegalStateException on a thread of the engine where waiting could never end
   */
  T get();

  /** Whether the value or a failure is there. */
  boolean isDone();

  /**
   * Replaces the value of a leaf; the shape may differ. Calls made before keep the old value, and
   * their gradients still go to this leaf. Gradients are not cleared: do that after a change of
   * shape.
   *
   * @throws IllegalArgumentException if a gradient is needed and no {@link
   *     dev.stride.api.spi.VectorSpace} knows the value's class
   * @throws IllegalStateException if this variable is not a leaf
   */
  void set(T value);

  /**
   * The accumulated gradient of a leaf; null if none has been accumulated, and for an output. Never
   * waits, and never shows a part of what a run adds. The gradient of an output is had by {@link
   * Engine#gradients}.
   */
  @Nullable T grad();

  /** The preconditioner accumulated with the gradient; null if there is none. */
  @Nullable T preconditioner();

  /** Forgets the gradient and its preconditioner. Does nothing for an output. */
  void clearGrad();

  /**
   * The gradient processed for use by the variable's {@link GradientProcessor}. The default divides
   * by the preconditioner where there is one, see {@link
   * dev.stride.api.spi.VectorSpace#precondition}, and changes nothing otherwise. Null if there is
   * no gradient. Computed anew at each call, on the calling thread; what the processor throws is
   * thrown here.
   */
  @Nullable T processGrad();

  /**
   * Runs the adjoint graph that has this scalar variable as its root, with the seed 1. Releases the
   * graph. Returns at once; that the variable is no scalar fails the run.
   *
   * @throws IllegalStateException if this variable needs no gradient, the graph was released, or
   *     another run is on it
   */
  default Run<RunStatistics> adjoint() {
    return engine().adjoint(this, null, AdjointOptions.defaults());
  }

  /** Runs the adjoint graph that has this variable as its root, and releases it. */
  default Run<RunStatistics> adjoint(T seed) {
    return engine().adjoint(this, seed, AdjointOptions.defaults());
  }

  /** Runs the adjoint graph from the seed 1 with options. */
  default Run<RunStatistics> adjoint(AdjointOptions options) {
    return engine().adjoint(this, null, options);
  }

  /**
   * Runs the adjoint graph that has this variable as its root and adds gradients to the leaves: to
   * all or, after a failure or cancellation, to none.
   *
   * <p>Returns at once: the value may be pending. A seed of another shape or type fails the run.
   *
   * @param seed cotangent of this variable, of its shape and type
   * @param options deadline, retain, extra arguments
   * @throws IllegalStateException if this variable needs no gradient, the graph was released, or
   *     another run is on it and one of the two would release it
   */
  default Run<RunStatistics> adjoint(T seed, AdjointOptions options) {
    return engine().adjoint(this, seed, options);
  }

  /**
   * A variable that shares this one's characteristics. The copy of a leaf is an independent leaf,
   * the copy of another variable shares its node. Gradients are not copied.
   */
  default Variable<T> copy() {
    return copy(VariableOptions.none());
  }

  /**
   * A copy with some characteristics given. A new value is possible for a leaf only.
   *
   * @throws IllegalArgumentException if a value or {@code needsGrad} is given and this is not a
   *     leaf
   */
  Variable<T> copy(VariableOptions<T> options);

  /**
   * This value on a device, such as {@code opencl} or {@code cpu}; the same value if it is there.
   * Differentiable: gradients go back to where the value came from. Returns at once; the copy is
   * made when the value is there, and runs count it.
   *
   * @throws StrideException if no pack brings this device; the message lists those there are
   */
  default Variable<T> moveTo(String device) {
    return engine().move(this, new Device(device));
  }

  /** Alias for {@link #copy()}. */
  default Variable<T> alike() {
    return copy();
  }

  /** Alias for {@link #copy(VariableOptions)}. */
  default Variable<T> alike(VariableOptions<T> options) {
    return copy(options);
  }

  /** A copy that is cut off from the graph: a leaf with this value that needs no gradient. */
  default Variable<T> detach() {
    return detach(VariableOptions.none());
  }

  /**
   * A copy that is cut off from the graph. The value may still be pending; if it fails, so does the
   * copy's.
   */
  Variable<T> detach(VariableOptions<T> options);

  /** A copy that is cut off from the graph and is a parameter: a leaf that needs a gradient. */
  default Variable<T> asParameter() {
    return asParameter(VariableOptions.none());
  }

  /**
   * A copy that is cut off from the graph and is a parameter. The value may still be pending; if it
   * fails, so does the copy's.
   */
  default Variable<T> asParameter(VariableOptions<T> options) {
    return detach(options.needingGrad(true));
  }

  /**
   * The adjoint graph with this variable as its root, as it stands now. A snapshot: changing it
   * does not affect runs. Empty if this variable needs no gradient.
   */
  Graph graph();

  /** {@code stride.add(this, other)}. */
  default Variable<T> plus(Variable<?> other) {
    return StandardCalls.call(this, "stride.add", other);
  }

  /** {@code stride.add(this, other)}. */
  default Variable<T> plus(Number other) {
    return StandardCalls.call(this, "stride.add", other);
  }

  /** {@code stride.subtract(this, other)}. */
  default Variable<T> minus(Variable<?> other) {
    return StandardCalls.call(this, "stride.subtract", other);
  }

  /** {@code stride.subtract(this, other)}. */
  default Variable<T> minus(Number other) {
    return StandardCalls.call(this, "stride.subtract", other);
  }

  /** {@code stride.multiply(this, other)}. */
  default Variable<T> times(Variable<?> other) {
    return StandardCalls.call(this, "stride.multiply", other);
  }

  /** {@code stride.multiply(this, other)}. */
  default Variable<T> times(Number other) {
    return StandardCalls.call(this, "stride.multiply", other);
  }

  /** {@code stride.divide(this, other)}. */
  default Variable<T> div(Variable<?> other) {
    return StandardCalls.call(this, "stride.divide", other);
  }

  /** {@code stride.divide(this, other)}. */
  default Variable<T> div(Number other) {
    return StandardCalls.call(this, "stride.divide", other);
  }

  /** {@code stride.scale(this, -1)}. */
  default Variable<T> unaryMinus() {
    return StandardCalls.call(this, "stride.scale", -1);
  }

  /** {@code stride.power(this, exponent)}. */
  default Variable<T> pow(Number exponent) {
    return StandardCalls.call(this, "stride.power", exponent);
  }

  /** {@code stride.exp(this)}. */
  default Variable<T> exp() {
    return StandardCalls.call(this, "stride.exp");
  }

  /** {@code stride.log(this)}. */
  default Variable<T> log() {
    return StandardCalls.call(this, "stride.log");
  }

  /** {@code stride.sqrt(this)}. */
  default Variable<T> sqrt() {
    return StandardCalls.call(this, "stride.sqrt");
  }

  /** {@code stride.sum(this)}. */
  default Variable<T> sum() {
    return StandardCalls.call(this, "stride.sum");
  }

  /** {@code stride.mean(this)}. */
  default Variable<T> mean() {
    return StandardCalls.call(this, "stride.mean");
  }

  /** {@code stride.dot(this, other)}. */
  default Variable<T> dot(Variable<?> other) {
    return StandardCalls.call(this, "stride.dot", other);
  }

  /** {@code stride.matmul(this, other)}. */
  default Variable<T> matmul(Variable<?> other) {
    return StandardCalls.call(this, "stride.matmul", other);
  }

  /** {@code stride.reshape(this, shape)}. */
  default Variable<T> reshape(Shape shape) {
    return StandardCalls.call(this, "stride.reshape", shape);
  }
}
