package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.CancellationToken;
import dev.stride.api.Saved;
import dev.stride.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One shot from its forward run to its adjoint: the propagator, and the history if there is one.
 */
final class Shot implements Saved {

  private final Propagator propagator;
  private final @Nullable History history;

  Shot(Propagator propagator, @Nullable History history) {
    this.propagator = propagator;
    this.history = history;
  }

  /** See {@link Propagator#forward}. */
  Tensor forward(Tensor wavelets, CancellationToken token) {
    return propagator.forward(wavelets, history, token);
  }

  /** See {@link Propagator#adjoint}. */
  WaveGradients adjoint(Tensor cotangents, CancellationToken token) {
    return propagator.adjoint(cotangents, history, token);
  }

  @Override
  public long bytes() {
    return propagator.bytes() + (history == null ? 0 : history.bytes());
  }

  @Override
  public void close() {
    propagator.close();
    if (history != null) {
      history.close();
    }
  }
}
