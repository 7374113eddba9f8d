package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Saved;
import dev.stride.api.Tensor;

/** A linear map of tensors of one shape on a device, and its transpose. */
public interface LinearMap extends Saved {

  /** The map of a tensor that is on the device. */
  Tensor forward(Tensor x);

  /** The transpose, applied to a cotangent that is on the device. */
  Tensor adjoint(Tensor cotangent);

  /** Shapes and the like; nothing of the device. */
  @Override
  default long bytes() {
    return 0;
  }
}
