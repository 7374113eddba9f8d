package dev.stride.ops.std.internal.signal;

import dev.stride.api.Parallel;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.List;

/**
 * A linear map between groups of tensors, such as the real and imaginary parts of complex numbers,
 * and its transpose in the real inner product, the sum over all tensors of a group. Immutable.
 */
interface PairMap extends Saved {

  /** Shape of each tensor that it maps. */
  Shape from();

  /** Shape of each tensor that it makes. */
  Shape to();

  /** The map of tensors of shape {@link #from}. */
  List<Tensor> forward(List<Tensor> x, Parallel parallel);

  /** The transpose of the map, of tensors of shape {@link #to}. */
  List<Tensor> adjoint(List<Tensor> cotangents, Parallel parallel);

  /** Numbers and shapes only, unless a map says otherwise. */
  @Override
  default long bytes() {
    return 0;
  }
}
