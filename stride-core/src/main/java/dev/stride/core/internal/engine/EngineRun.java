package dev.stride.core.internal.engine;

import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.core.internal.async.Pending;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A run as its caller sees it. */
final class EngineRun<R> implements Run<R> {

  private final EngineCore engine;
  private final String name;
  private final Pending<R> result;
  private final BooleanSupplier cancel;
  private final Supplier<RunStatistics> statistics;

  EngineRun(
      EngineCore engine,
      String name,
      Pending<R> result,
      BooleanSupplier cancel,
      Supplier<RunStatistics> statistics) {
    this.engine = engine;
    this.name = name;
    this.result = result;
    this.cancel = cancel;
    this.statistics = statistics;
  }

  @Override
  public CompletionStage<R> stage() {
    return result.stage();
  }

  @Override
  public R join() {
    return engine.await(result, name);
  }

  @Override
  public boolean cancel() {
    return !result.isDone() && cancel.getAsBoolean();
  }

  @Override
  public boolean isDone() {
    return result.isDone();
  }

  @Override
  public RunStatistics statistics() {
    return statistics.get();
  }

  @Override
  public String toString() {
    return name + (isDone() ? ", done" : ", running");
  }
}
