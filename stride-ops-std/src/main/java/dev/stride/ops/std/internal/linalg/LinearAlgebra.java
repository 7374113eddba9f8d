package dev.stride.ops.std.internal.linalg;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the operators of linear algebra. */
public final class LinearAlgebra {

  private LinearAlgebra() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(MatMul::new).samples(MatMul::samples);
    registrar.operator(MatVec::new).samples(MatVec::samples);
    registrar.operator(Outer::new).samples(Outer::samples);
  }
}
