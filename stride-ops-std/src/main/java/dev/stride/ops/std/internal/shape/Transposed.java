package dev.stride.ops.std.internal.shape;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.operator.LinearMap;

/** A linear map and its transpose exchanged. */
record Transposed(LinearMap original) implements LinearMap {

  @Override
  public Shape from() {
    return original.to();
  }

  @Override
  public Shape to() {
    return original.from();
  }

  @Override
  public Tensor forward(Tensor x, Parallel parallel) {
    return original.adjoint(x, parallel);
  }

  @Override
  public Tensor adjoint(Tensor cotangent, Parallel parallel) {
    return original.forward(cotangent, parallel);
  }

  @Override
  public long bytes() {
    return original.bytes();
  }
}
