package dev.stride.ops.std.internal.space;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.operator.LinearMap;
import java.util.List;

/**
 * A matrix along each of the last axes of a tensor, one after the other, the last axis first.
 *
 * @param matrices of the last axes, in their order
 */
record Separable(Shape from, List<AxisMatrix> matrices) implements LinearMap {

  Separable {
    matrices = List.copyOf(matrices);
  }

  private int lead() {
    return from.rank() - matrices.size();
  }

  @Override
  public Shape to() {
    int[] extents = from.toArray();
    for (int k = 0; k < matrices.size(); k++) {
      extents[lead() + k] = matrices.get(k).rows();
    }
    return Shape.of(extents);
  }

  @Override
  public Tensor forward(Tensor x, Parallel parallel) {
    Tensor result = x;
    for (int k = matrices.size() - 1; k >= 0; k--) {
      result = AlongAxis.apply(matrices.get(k), result, lead() + k, parallel);
    }
    return result;
  }

  @Override
  public Tensor adjoint(Tensor cotangent, Parallel parallel) {
    Tensor result = cotangent;
    for (int k = 0; k < matrices.size(); k++) {
      result = AlongAxis.apply(matrices.get(k).transposed(), result, lead() + k, parallel);
    }
    return result;
  }
}
