package dev.stride.ops.std.internal.wave;

import dev.stride.api.CancellationToken;
import dev.stride.api.Parallel;
import dev.stride.api.Saved;
import dev.stride.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One shot from its forward run to its adjoint: the propagator, and the history if there is one.
 *
 * @param <A> array type of the fields
 */
public final class Shot<A> implements Saved {

  private final Propagator<A> propagator;
  private final @Nullable History<A> history;

  private Shot(Propagator<A> propagator, @Nullable History<A> history) {
    this.propagator = propagator;
    this.history = history;
  }

  /**
   * Prepares a shot.
   *
   * @param samples length of the wavelets
   * @param pool where the history comes from; null if the gradient of the velocity is not needed
   */
  public static Shot<?> of(
      WaveProblem problem, KernelProvider provider, int samples, @Nullable ArrayPool pool) {
    return of(Propagator.of(problem, provider), samples, pool);
  }

  private static <A> Shot<A> of(Propagator<A> propagator, int samples, @Nullable ArrayPool pool) {
    return new Shot<>(propagator, pool == null ? null : propagator.history(samples, pool));
  }

  /** See {@link Propagator#forward}. */
  public Tensor forward(Tensor wavelets, Parallel parallel, CancellationToken token) {
    return propagator.forward(wavelets, history, parallel, token);
  }

  /** See {@link Propagator#adjoint}. */
  public WaveGradients adjoint(Tensor cotangents, Parallel parallel, CancellationToken token) {
    return propagator.adjoint(cotangents, history, parallel, token);
  }

  @Override
  public long bytes() {
    return propagator.bytes() + (history == null ? 0 : history.bytes());
  }

  @Override
  public void close() {
    if (history != null) {
      history.close();
    }
  }
}
