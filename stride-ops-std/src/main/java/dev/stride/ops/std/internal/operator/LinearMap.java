package dev.stride.ops.std.internal.operator;

import dev.stride.api.Parallel;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * A linear map between tensors of two shapes, and its transpose. Immutable.
 *
 * <p>It is all that an adjoint needs, so the arguments of the call are dropped.
 */
public interface LinearMap extends Saved {

  /** Shape of what it maps. */
  Shape from();

  /** Shape of what it makes. */
  Shape to();

  /** The map of a tensor of shape {@link #from}. */
  Tensor forward(Tensor x, Parallel parallel);

  /** The transpose of the map, of a tensor of shape {@link #to}. */
  Tensor adjoint(Tensor cotangent, Parallel parallel);

  /** Numbers and shapes only, unless a map says otherwise. */
  @Override
  default long bytes() {
    return 0;
  }
}
