package dev.stride.ops.std.internal.shape;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Region;
import dev.stride.ops.std.internal.operator.LinearMap;

/** Takes a box out of a tensor; the transpose puts it into zeros. */
record RegionMap(Shape from, Region region) implements LinearMap {

  @Override
  public Shape to() {
    return region.part();
  }

  @Override
  public Tensor forward(Tensor x, Parallel parallel) {
    Object part = HeapArray.zeros(x.dataType(), region.part().size());
    region.read(HeapArray.of(x), part);
    return HeapArray.adopt(region.part(), part);
  }

  @Override
  public Tensor adjoint(Tensor cotangent, Parallel parallel) {
    Object whole = HeapArray.zeros(cotangent.dataType(), from.size());
    region.write(HeapArray.of(cotangent), whole);
    return HeapArray.adopt(from, whole);
  }
}
