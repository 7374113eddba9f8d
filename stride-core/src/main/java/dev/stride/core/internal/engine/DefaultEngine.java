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

/** The asynchronous engine. */
public final class DefaultEngine implements Engine, AutoCloseable {

  /**
   * Starts the threads, then discovery.
   *
   * @param registry makes the registry, given the engine's executor
   */
  public DefaultEngine(
      EngineConfiguration configuration, Function<Executor, Registry> registry) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public <T> Variable<T> variable(VariableOptions<T> options) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public <Y> Operator<Y> operator(String name, Class<Y> type) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public <Y> Operator<Y> bind(Operator<Y> operator) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public Results call(Operator<?> operator, Arguments arguments) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public <R extends @Nullable Object> R noGrad(Supplier<R> code) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public Engine withoutGradients() {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public Engine on(Device device) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public Run<RunStatistics> adjoint(List<? extends Seeded<?>> roots, AdjointOptions options) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public <T> Run<List<T>> gradients(
      List<? extends Seeded<?>> roots, List<Variable<T>> wrt, AdjointOptions options) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> List<Variable<T>> recordedGradients(Variable<?> root, Variable<T>... wrt) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public <S, T> Run<List<T>> accumulate(
      Collection<? extends S> items,
      int parallelism,
      AdjointOptions options,
      Function<? super S, ? extends Variable<T>> loss) {
    throw new UnsupportedOperationException("lands next");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("lands next");
  }
}
