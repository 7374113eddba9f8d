package dev.stride.ops.std.internal.sparse;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the operators on sparse matrices. */
public final class SparseOperators {

  private SparseOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(CsrProduct::new).samples(CsrProduct::samples);
  }
}
