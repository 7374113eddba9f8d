package dev.stride.core.internal.engine;

import dev.stride.api.CancellationToken;
import dev.stride.api.Device;
import org.jspecify.annotations.Nullable;

/**
 * How calls are made: by the engine itself, by a view, or inside a scope.
 *
 * @param recording whether calls record an adjoint graph
 * @param device implementations for it are preferred; null: where the inputs are
 * @param cancellation what operators see
 * @param fused whether calls in a row may become one
 */
record CallSettings(
    boolean recording, @Nullable Device device, CancellationToken cancellation, boolean fused) {

  CallSettings withoutGradients() {
    return new CallSettings(false, device, cancellation, fused);
  }

  CallSettings on(Device other) {
    return new CallSettings(recording, other, cancellation, fused);
  }

  CallSettings cancelledBy(CancellationToken token) {
    return new CallSettings(recording, device, token, fused);
  }

  CallSettings fusing() {
    return new CallSettings(recording, device, cancellation, true);
  }
}
