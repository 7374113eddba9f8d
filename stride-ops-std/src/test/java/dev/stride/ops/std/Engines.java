package dev.stride.ops.std;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;

/** Engines with the standard pack and nothing else. */
final class Engines {

  private Engines() {}

  /** Two threads. */
  static Stride standard() {
    return Stride.builder().withoutDiscovery().threads(2).pack(new StandardPack()).build();
  }

  /** Runs the adjoint of a scalar and returns the gradient of a leaf. */
  static Tensor gradient(Variable<Tensor> loss, Variable<Tensor> leaf) {
    loss.adjoint().join();
    Tensor gradient = leaf.grad();
    if (gradient == null) {
      throw new AssertionError("no gradient reached " + leaf.name());
    }
    return gradient;
  }
}
