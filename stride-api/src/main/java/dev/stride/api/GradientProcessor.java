package dev.stride.api;

import org.jspecify.annotations.Nullable;

/**
 * Makes an accumulated gradient ready for use: smoothing, masking, scaling by a preconditioner.
 *
 * @param <T> type of the variable's value
 */
@FunctionalInterface
public interface GradientProcessor<T> {

  /**
   * Processes a gradient, on the thread that calls {@link Variable#processGrad}, perhaps on several
   * at once. What it throws is thrown there; the gradient stays as it was.
   *
   * @param gradient accumulated; not modified
   * @param preconditioner accumulated with it; null if no operator gave one
   */
  T process(T gradient, @Nullable T preconditioner);
}
