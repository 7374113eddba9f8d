package dev.stride.core;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Arguments;
import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.Operator;
import dev.stride.api.Results;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.StrideException;
import dev.stride.api.Variable;
import dev.stride.api.VariableOptions;
import dev.stride.core.internal.engine.DefaultEngine;
import dev.stride.core.internal.wiring.Wiring;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door: an engine with the packs that were discovered.
 *
 * <p>Safe for use by any number of threads. Make one and keep it; close it at the end. Its threads
 * are daemons, which keep no program alive.
 */
public final class Stride implements Engine, AutoCloseable {

  private final DefaultEngine engine;
  private final Discovery discovery;

  Stride(Wiring.Started started) {
    this.engine = started.engine();
    this.discovery = started.discovery();
  }

  /**
   * An engine with default settings and the packs that the thread's context class loader finds.
   * Packs are loaded on this thread. One that is unavailable or broken does not fail this: {@link
   * #discovery} tells why.
   *
   * @throws StrideException if the packs contradict each other; the message names every problem
   */
  public static Stride create() {
    return builder().build();
  }

  /** Starts the settings of an engine. */
  public static StrideBuilder builder() {
    return new StrideBuilder();
  }

  /** What was found when this engine was made. */
  public Discovery discovery() {
    return discovery;
  }

  @Override
  public <T> Variable<T> variable(VariableOptions<T> options) {
    return engine.variable(options);
  }

  @Override
  public <Y> Operator<Y> operator(String name, Class<Y> type) {
    return engine.operator(name, type);
  }

  @Override
  public <Y> Operator<Y> bind(Operator<Y> operator) {
    return engine.bind(operator);
  }

  @Override
  public Results call(Operator<?> operator, Arguments arguments) {
    return engine.call(operator, arguments);
  }

  @Override
  public <R extends @Nullable Object> R noGrad(Supplier<R> code) {
    return engine.noGrad(code);
  }

  @Override
  public <R extends @Nullable Object> R fused(Supplier<R> code) {
    return engine.fused(code);
  }

  @Override
  public Engine withoutGradients() {
    return engine.withoutGradients();
  }

  @Override
  public Engine on(Device device) {
    return engine.on(device);
  }

  @Override
  public <T> Variable<T> move(Variable<T> variable, Device device) {
    return engine.move(variable, device);
  }

  @Override
  public Run<RunStatistics> adjoint(List<? extends Seeded<?>> roots, AdjointOptions options) {
    return engine.adjoint(roots, options);
  }

  @Override
  public <T> Run<List<T>> gradients(
      List<? extends Seeded<?>> roots, List<Variable<T>> wrt, AdjointOptions options) {
    return engine.gradients(roots, wrt, options);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <T> List<Variable<T>> recordedGradients(Variable<?> root, Variable<T>... wrt) {
    return engine.recordedGradients(root, wrt);
  }

  @Override
  public <S, T> Run<List<T>> accumulate(
      Collection<? extends S> items,
      int parallelism,
      AdjointOptions options,
      Function<? super S, ? extends Variable<T>> loss) {
    return engine.accumulate(items, parallelism, options, loss);
  }

  /**
   * Names of the operators whose saved state must be closed and is open, one for each, in
   * alphabetical order: of graphs that can still be reached and whose adjoint has not run, or was
   * asked to retain them. After {@link #close} only what an adjoint that ignores cancellation still
   * uses.
   */
  public List<String> openSavedState() {
    return engine.openSavedState();
  }

  /**
   * Cancels what runs, waits for it for the {@linkplain StrideBuilder#closeTimeout configured time}
   * at most, closes the packs, and ends the engine's threads. Operators that have not ended by then
   * are left behind and named in the log. Values and gradients that are complete stay readable,
   * pending ones fail with a {@link RunCancelledException}. Never throws. Further calls do nothing,
   * and do not wait for the first; in an operator of this engine it would wait for itself.
   */
  @Override
  public void close() {
    engine.close();
  }

  @Override
  public String toString() {
    return "Stride" + discovery.packs().stream().map(Discovery.Pack::id).toList();
  }
}
