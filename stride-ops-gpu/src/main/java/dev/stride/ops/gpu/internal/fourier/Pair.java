package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/** Complex numbers: two tensors of one shape and type on a device. */
public record Pair(Tensor real, Tensor imaginary) {

  /** Their shape. */
  public Shape shape() {
    return real.shape();
  }

  DataType type() {
    return real.dataType();
  }
}
