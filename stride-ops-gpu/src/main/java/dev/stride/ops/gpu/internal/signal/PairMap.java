package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.Saved;
import dev.stride.api.Tensor;
import java.util.List;

/**
 * A linear map between groups of tensors on a device, such as the real and imaginary parts of
 * complex numbers, and its transpose in the real inner product, the sum over all tensors of a
 * group.
 */
interface PairMap extends Saved {

  /** The map of tensors that are on the device. */
  List<Tensor> forward(List<Tensor> x);

  /** The transpose, applied to cotangents that are on the device. */
  List<Tensor> adjoint(List<Tensor> cotangents);

  /** Numbers and shapes only. */
  @Override
  default long bytes() {
    return 0;
  }
}
