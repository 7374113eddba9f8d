package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Arguments;
import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.Operator;
import dev.stride.api.Results;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.api.VariableOptions;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous engine.
 *
 * <p>Start reading at {@link Calls} for calls, at {@link AdjointRun} for adjoint runs, and at
 * {@link EngineCore} for how the parts are put together.
 */
public final class DefaultEngine implements Engine, AutoCloseable {

  private final EngineCore core;
  private final EngineView view;

  /**
   * Makes the pool, then runs discovery with it.
   *
   * @param registry makes the registry, given the engine's executor
   */
  public DefaultEngine(EngineConfiguration configuration, Function<Executor, Registry> registry) {
    this.core = new EngineCore(this, configuration, registry);
    this.view = new EngineView(core, new CallSettings(true, null, core, false));
  }

  @Override
  public <T> Variable<T> variable(VariableOptions<T> options) {
    return view.variable(options);
  }

  @Override
  public <Y> Operator<Y> operator(String name, Class<Y> type) {
    return view.operator(name, type);
  }

  @Override
  public <Y> Operator<Y> bind(Operator<Y> operator) {
    return view.bind(operator);
  }

  @Override
  public Results call(Operator<?> operator, Arguments arguments) {
    return view.call(operator, arguments);
  }

  @Override
  public <R extends @Nullable Object> R noGrad(Supplier<R> code) {
    return view.noGrad(code);
  }

  @Override
  public <R extends @Nullable Object> R fused(Supplier<R> code) {
    return view.fused(code);
  }

  @Override
  public Engine withoutGradients() {
    return view.withoutGradients();
  }

  @Override
  public Engine on(Device device) {
    return view.on(device);
  }

  @Override
  public <T> Variable<T> move(Variable<T> variable, Device device) {
    return view.move(variable, device);
  }

  @Override
  public Run<RunStatistics> adjoint(List<? extends Seeded<?>> roots, AdjointOptions options) {
    return view.adjoint(roots, options);
  }

  @Override
  public <T> Run<List<T>> gradients(
      List<? extends Seeded<?>> roots, List<Variable<T>> wrt, AdjointOptions options) {
    return view.gradients(roots, wrt, options);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // Only read.
  public final <T> List<Variable<T>> recordedGradients(Variable<?> root, Variable<T>... wrt) {
    return view.recordedGradients(root, wrt);
  }

  @Override
  public <S, T> Run<List<T>> accumulate(
      Collection<? extends S> items,
      int parallelism,
      AdjointOptions options,
      Function<? super S, ? extends Variable<T>> loss) {
    return view.accumulate(items, parallelism, options, loss);
  }

  /** The operators whose saved state is open, one for each state, in alphabetical order. */
  public List<String> openSavedState() {
    return core.savedStates().open();
  }

  /**
   * Cancels what runs, waits a bounded time for operators, closes the packs, and ends every thread
   * of the engine. Values that are complete stay readable, pending ones fail.
   */
  @Override
  public void close() {
    Shutdown.of(core);
  }
}
