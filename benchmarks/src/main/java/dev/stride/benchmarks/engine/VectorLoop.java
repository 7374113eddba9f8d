package dev.stride.benchmarks.engine;

import dev.stride.api.Tensor;

/** A chain of scaled vectors in two arrays, and the adjoint by hand. */
final class VectorLoop implements Workload {

  private final Tensor start;
  private final int length;

  VectorLoop(Tensor start, int length) {
    this.start = start;
    this.length = length;
  }

  @Override
  public Object forward() {
    return scaled();
  }

  @Override
  public Object adjoint() {
    return scaled();
  }

  private Tensor scaled() {
    float[] from = start.toFloatArray();
    float[] to = new float[from.length];
    for (int i = 0; i < length; i++) {
      Scaling.scale(from, to);
      float[] last = from;
      from = to;
      to = last;
    }
    return Tensor.adopt(start.shape(), from);
  }
}
