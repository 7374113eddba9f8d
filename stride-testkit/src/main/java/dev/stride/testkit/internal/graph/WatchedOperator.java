package dev.stride.testkit.internal.graph;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.CancellationToken;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
import dev.stride.api.Signature;
import dev.stride.api.Weight;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An operator whose saved state is watched: how often it is closed, and whether it is used after.
 */
final class WatchedOperator implements Operator<Object> {

  private final Operator<?> original;
  private final Queue<Watched> saved = new ConcurrentLinkedQueue<>();

  WatchedOperator(Operator<?> original) {
    this.original = original;
  }

  /** How often each saved state was closed. */
  List<Integer> closed() {
    return saved.stream().map(w -> w.closed.get()).toList();
  }

  /** Whether an adjoint asked for saved state that was closed. */
  boolean isUsedAfterClose() {
    return saved.stream().anyMatch(w -> w.usedAfterClose.get() > 0);
  }

  @Override
  public Signature signature() {
    return original.signature();
  }

  @Override
  public Weight weight() {
    return original.weight();
  }

  @Override
  public Weight weight(OperatorCall call) {
    return original.weight();
  }

  @Override
  public int outputCount(Arguments arguments) {
    return original.outputCount(arguments);
  }

  @Override
  public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
    return original.forward(call, executor).thenApply(this::watched);
  }

  private Outputs watched(Outputs outputs) {
    Watched state = new Watched(outputs.saved());
    saved.add(state);
    return Outputs.of(outputs.values().toArray()).saving(state);
  }

  @Override
  public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
    return original.adjoint(new Unwrapping(call), executor);
  }

  /** Saved state, or none, in a wrapper that counts. */
  private static final class Watched implements AutoCloseable {

    private final @Nullable Object state;
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger usedAfterClose = new AtomicInteger();

    Watched(@Nullable Object state) {
      this.state = state;
    }

    @Nullable Object use() {
      if (closed.get() > 0) {
        usedAfterClose.incrementAndGet();
      }
      return state;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      if (state instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          throw new IllegalStateException("closing the saved state failed", e);
        }
      }
    }
  }

  /** The engine's call, with the original state in place of the watched one. */
  private record Unwrapping(AdjointCall call) implements AdjointCall {

    @Override
    public <S> S saved(Class<S> type) {
      Object state = call.saved(Watched.class).use();
      if (!type.isInstance(state)) {
        throw new IllegalStateException("forward did not save a " + type.getSimpleName());
      }
      return type.cast(state);
    }

    @Override
    public <T> T cotangent(String output, Class<T> type) {
      return call.cotangent(output, type);
    }

    @Override
    public <T> List<T> cotangents(String port, Class<T> type) {
      return call.cotangents(port, type);
    }

    @Override
    public <T> T output(String path, Class<T> type) {
      return call.output(path, type);
    }

    @Override
    public boolean isZero(String output) {
      return call.isZero(output);
    }

    @Override
    public @Nullable Object option(String name) {
      return call.option(name);
    }

    @Override
    public Signature signature() {
      return call.signature();
    }

    @Override
    public boolean has(String path) {
      return call.has(path);
    }

    @Override
    public <T> T value(String path, Class<T> type) {
      return call.value(path, type);
    }

    @Override
    public <T> List<T> values(String port, Class<T> type) {
      return call.values(port, type);
    }

    @Override
    public boolean needsGrad(String path) {
      return call.needsGrad(path);
    }

    @Override
    public CancellationToken cancellation() {
      return call.cancellation();
    }

    @Override
    public Parallel parallel() {
      return call.parallel();
    }

    @Override
    public Executor executor() {
      return call.executor();
    }
  }
}
